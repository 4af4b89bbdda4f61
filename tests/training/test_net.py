"""The net learns: on a few lines its losses fall."""

from collections.abc import Iterator
from pathlib import Path

import torch

from textcheck.model.evidence import Weigher
from textcheck.training.corpus import Article
from textcheck.training.corrupt import Confusions, Corruptor
from textcheck.training.examples import Batch, Examples, Marks, Mix, batches
from textcheck.training.net import Detector, Shape, detector_losses

TEXT = "要坚持以人民为中心，加强基层治理。\n会议强调推动工作落实，加强协调。\n"
CONFUSIONS = Confusions({}, {}, {}, {}, "的了在是")


def endless(language: Path) -> Iterator[Batch]:
    """Yield batches of the same lines with other slips."""
    weigher = Weigher(language, compiled=False)

    def marks(text: str) -> Marks:
        return Marks([False] * len(text), [False] * len(text))

    maker = Examples(marks, Corruptor(CONFUSIONS, 1), (weigher, weigher), 1)
    article = Article("train_a", "2024-01-02", "", TEXT)
    mix = Mix(clean=0.3, dense=0.0)
    return batches((one for _ in iter(int, 1) for one in maker.of(0, article, mix)), 256)


def test_the_losses_of_a_tiny_net_fall(language: Path) -> None:
    torch.manual_seed(1)
    torch.set_num_threads(1)
    size = len(Weigher(language, compiled=False).language.alphabet)
    net = Detector(Shape(codes=size, layers=2, hidden=32, heads=4, inner=64))
    optimizer = torch.optim.AdamW(net.parameters(), 3e-3)
    told = []
    for _, batch in zip(range(60), endless(language), strict=False):
        found = detector_losses(net, batch)
        torch.stack(list(found.values())).sum().backward()
        optimizer.step()
        optimizer.zero_grad()
        told.append({name: float(loss.detach()) for name, loss in found.items()})
    for name in ("state", "swap", "before"):
        first, last = (sum(one[name] for one in part) for part in (told[:10], told[-10:]))
        assert last < 0.7 * first, name


def test_a_net_that_knows_nothing_names_what_the_evidence_names() -> None:
    torch.manual_seed(1)
    net = Detector(Shape(codes=40, layers=1, hidden=32, heads=4, inner=64))
    torch.nn.init.normal_(net.character.weight, std=0.1)  # as those of e5 are
    named = torch.tensor(
        [[7, 8, 0, 0, 0], [0, 8, 9, 0, 0], [0, 0, 0, 9, 0], [0, 0, 0, 0, 6], [0, 0, 0, 0, 0]]
    )
    hidden = torch.randn(len(named), 32)
    with torch.no_grad():
        replacing, inserting = net.replacement(hidden, named), net.insertion(hidden, named)
        plain = net.replacing(hidden) @ net.character.weight.T
    assert replacing.argmax(dim=1)[:4].tolist() == [7, 9, 9, 6]
    assert inserting.argmax(dim=1)[:2].tolist() == [8, 8]
    assert torch.allclose(replacing[4], plain[4])


def test_the_same_text_has_the_same_verdict_in_any_batch(language: Path) -> None:
    torch.manual_seed(1)
    size = len(Weigher(language, compiled=False).language.alphabet)
    net = Detector(Shape(codes=size, layers=2, hidden=32, heads=4, inner=64)).eval()
    batch = next(endless(language))
    codes, told = (torch.from_numpy(part.astype("int64")) for part in (batch.codes, batch.told))
    features = torch.from_numpy(batch.features)
    with torch.no_grad():
        whole = net(codes, features, told).state
        alone = net(codes[:1], features[:1], told[:1]).state
    assert torch.allclose(whole[:1], alone, atol=1e-5)

"""textcheck serve: the review pages."""

import ipaddress
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from textcheck.cli.settings import (
    config_option,
    lexicon_option,
    model_option,
    read_settings,
    store_option,
)
from textcheck.cli.tools import tools_of
from textcheck.errors import ConfigError
from textcheck.linter import check as find_in
from textcheck.store.connect import open_store
from textcheck.store.users import list_users

__all__ = ["demand_safe", "serve"]

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(
    help="""在浏览器中复核：待办、证据、决定、指派。先用 textcheck user add 添加用户。

    默认只在本机（127.0.0.1）提供。要让其他电脑访问，须给出证书和私钥，或说明由哪台代理转发；
    并用 --name 写明浏览器中使用的主机名。"""
)
@click.option("--host", default="127.0.0.1", show_default=True, metavar="地址", help="监听的地址。")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="监听的端口。"
)
@click.option("--tls-cert", type=_FILE, metavar="文件", help="证书（PEM）。")
@click.option("--tls-key", type=_FILE, metavar="文件", help="证书的私钥（PEM）。")
@click.option("--behind-proxy", metavar="地址", help="转发请求的代理的地址，由它提供 https。")
@click.option("--name", "names", multiple=True, metavar="主机名", help="浏览器中的主机名，可重复。")
@config_option
@store_option
@lexicon_option
@model_option
@click.pass_context
def serve(
    ctx: click.Context,
    /,
    config_path: Path | None,
    store_url: str | None,
    **given: Any,  # noqa: ANN401 # the options above
) -> None:  # the options above
    """Serve the review pages until interrupted."""
    host, port, proxy = given["host"], given["port"], given["behind_proxy"]
    cert, key = given["tls_cert"], given["tls_key"]
    demand_safe(host, cert, key, proxy)
    try:
        import uvicorn  # noqa: PLC0415 # extra `web`

        from textcheck.cli.style import office_style  # noqa: PLC0415 # likewise
        from textcheck.web.app import build_app  # noqa: PLC0415 # likewise
        from textcheck.web.site import Site  # noqa: PLC0415 # likewise
    except ModuleNotFoundError as error:
        raise ConfigError("需要先安装网页部分：pip install 'textcheck[web]'") from error
    settings = read_settings(config_path)
    style = office_style(settings)
    with closing(open_store(store_url or settings.store.url, create=False)) as store:
        with store.read() as connection:
            if not list_users(connection):
                raise ConfigError("还没有用户；先运行 textcheck user add 姓名 --role admin")
        learned = not given["no_model"]
        tools = tools_of(ctx, given["layers"], settings, learned=learned)
        site = Site(
            store=store,
            check=lambda document: find_in(document, tools.checkers),
            confirmations=settings.review.confirmations,
            hosts=_LOCAL | {host.lower()} | {name.lower() for name in given["names"]},
            style=style,
            days=settings.notify.days,
            secure=cert is not None or proxy is not None,
        )
        click.echo(f"复核网页在 http{'s' if cert else ''}://{host}:{port}/ （Ctrl-C 结束）")
        uvicorn.run(
            build_app(site),
            host=host,
            port=port,
            log_level="warning",
            server_header=False,
            ssl_certfile=cert,
            ssl_keyfile=key,
            proxy_headers=proxy is not None,
            forwarded_allow_ips=proxy or "",
        )


def demand_safe(
    host: str, tls_cert: Path | None, tls_key: Path | None, behind_proxy: str | None
) -> None:
    """Raise ConfigError where passwords would cross a network in the open."""
    if (tls_cert is None) != (tls_key is None):
        raise ConfigError("--tls-cert 和 --tls-key 须同时给出")
    if tls_cert is not None or behind_proxy is not None or _is_loopback(host):
        return
    raise ConfigError(
        f"在 {host} 上提供须用 --tls-cert、--tls-key 加密，或用 --behind-proxy 说明由代理加密"
    )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

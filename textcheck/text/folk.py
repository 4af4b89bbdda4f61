"""Words beside a name that tell that an ordinary person is meant: 村民李某, 王某同学."""

import re

from textcheck.document import Span

__all__ = ["is_of_ordinary_people"]

_FOLK = (
    "村民|居民|农民|牧民|渔民|市民|群众|乡亲|老乡|农户|种植户|养殖户|贫困户|脱贫户|户主|业主|租户|商户|职工|员工|工人|农民工|工匠|技师"
    "|学生|同学|家长|校友|教师|老师|教练|选手|队员|运动员|球员|棋手|医生|护士|医师|患者|病人|司机|师傅|乘客|旅客|游客|顾客|消费者"
    "|网友|读者|观众|志愿者|网格员|护林员|快递员|外卖员|骑手|店主|店员|老板|摊主|创业者|演员|导演|歌手|编剧|画家|摄影师|战士|民警|辅警"
    "|消防员|被告人?|原告|嫌疑人|当事人|法人代表|法定代表人|申请人|考生|老人|老汉|大爷|大妈|大叔|大姐|阿姨|先生|女士|小伙|姑娘|爱人|妻子|丈夫|儿子|女儿|孙子|父亲|母亲"
)
_IN_FRONT = re.compile(f"(?:{_FOLK})(?:代表)?[、：: 　“]?$")
_BEHIND = re.compile(f"[等 　]?(?:[两三四五六七八九十几\\d]+[名位个户])?(?:{_FOLK})")
_REACH = 8


def is_of_ordinary_people(text: str, names: Span) -> bool:
    """Tell whether the words in front of a name or a list of names, or behind, say who is meant."""
    low = max(0, names.start - _REACH)
    return (
        _IN_FRONT.search(text, low, names.start) is not None
        or _BEHIND.match(text, names.end) is not None
    )

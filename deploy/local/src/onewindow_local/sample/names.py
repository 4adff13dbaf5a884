"""Names that are plainly made up: common surnames at their real weights, and given names that say sample."""

import random

_SURNAMES = {
    "王": 71, "李": 70, "张": 68, "刘": 54, "陈": 45, "杨": 31, "赵": 23, "黄": 22, "周": 21, "吴": 20,
    "徐": 17, "孙": 15, "胡": 13, "朱": 13, "高": 12, "林": 12, "何": 11, "郭": 11, "马": 11, "罗": 9,
    "梁": 8, "宋": 8, "郑": 8, "谢": 7, "韩": 7, "唐": 6, "冯": 6, "于": 6, "董": 6, "萧": 6,
    "沈": 12, "俞": 6, "章": 5, "金": 6, "陆": 5, "姚": 5, "傅": 5, "钱": 5, "汪": 5, "方": 5,
}  # fmt: skip
_WOMEN = "芳娜敏静丽艳娟霞秀玲桂英华慧巧美婷雪琴云莲真环倩欣怡悦梅兰月莺媛琳瑶岚清竹雯婉"
_MEN = "伟强磊洋勇军杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林阳建志文海山仁毅松柏"
_ANY = "子思雨晓嘉一梓佳安宜若辰昕然禾书知乐天可"
_MARKS = "样例试"
_SPOKEN = list(_SURNAMES)
_WEIGHTS = list(_SURNAMES.values())


def surname(chance: random.Random) -> str:
    return chance.choices(_SPOKEN, _WEIGHTS)[0]


def given_name(chance: random.Random, sex: str) -> str:
    """Two characters, of which the first says that nobody is called so: 样 (sample), 例 (example) or 试 (trial)."""
    own = _MEN if sex == "1" else _WOMEN
    return chance.choice(_MARKS) + chance.choice(_ANY if chance.random() < 0.3 else own)

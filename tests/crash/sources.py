# SPDX-License-Identifier: GPL-2.0-or-later
"""Replies for the tests that break things: nobody wrote them, their place does not exist."""
import random

AGENCIES = ["教育局", "交通运输局", "民政局", "水利局", "卫生健康委员会", "住房和城乡建设局"]
TOPICS = ["老旧小区加装电梯", "农村饮水安全", "校园周边停车", "社区养老服务", "公交线网优化",
          "中小企业数字化改造", "古树名木保护", "食品小作坊监管"]


def reply_text(number, version):
    """A reply that nobody wrote: its place does not exist, its person is a placeholder."""
    rng = random.Random(number * 1000 + version)
    agency, topic = AGENCIES[number % len(AGENCIES)], TOPICS[number % len(TOPICS)]
    lines = [f"云汀市{agency}关于市政协九届三次会议第{number + 1}号提案的答复", "张某某委员：",
             f"您提出的《关于推进{topic}的提案》收悉。现将办理情况答复如下："]
    for part in range(rng.randint(2, 5)):
        lines.append(f"{'一二三四五六'[part]}、关于{TOPICS[rng.randrange(len(TOPICS))]}")
        for _ in range(rng.randint(1, 4)):
            lines.append(f"{rng.choice(['去年以来', '近年来', '下一步'])}，我局围绕{topic}"
                         f"投入资金{rng.randint(100, 9999)}万元，完成项目{rng.randint(2, 90)}个，"
                         f"惠及群众{rng.randint(1, 99)}.{rng.randint(1, 9)}万人次，第{version}稿。")
    lines += ["感谢您对我们工作的关心和支持。", f"云汀市{agency}", f"2026年{rng.randint(1, 11)}月{rng.randint(1, 28)}日"]
    return "\n".join(lines) + "\n"

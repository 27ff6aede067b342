/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/extract/verbs.h"

static const struct text PLAIN[] = {
    TEXT_INIT("实现"), TEXT_INIT("完成"), TEXT_INIT("减负"),   TEXT_INIT("发放"), TEXT_INIT("获得"),
    TEXT_INIT("获评"), TEXT_INIT("获批"), TEXT_INIT("入选"),   TEXT_INIT("增长"), TEXT_INIT("下降"),
    TEXT_INIT("建成"), TEXT_INIT("投用"), TEXT_INIT("投入"),   TEXT_INIT("开展"), TEXT_INIT("新建"),
    TEXT_INIT("创建"), TEXT_INIT("打造"), TEXT_INIT("推出"),   TEXT_INIT("建立"), TEXT_INIT("设立"),
    TEXT_INIT("设置"), TEXT_INIT("设有"), TEXT_INIT("建有"),   TEXT_INIT("拥有"), TEXT_INIT("布局"),
    TEXT_INIT("安排"), TEXT_INIT("下达"), TEXT_INIT("拨付"),   TEXT_INIT("支付"), TEXT_INIT("惠及"),
    TEXT_INIT("覆盖"), TEXT_INIT("办结"), TEXT_INIT("查处"),   TEXT_INIT("处置"), TEXT_INIT("整治"),
    TEXT_INIT("排查"), TEXT_INIT("整改"), TEXT_INIT("组织"),   TEXT_INIT("举办"), TEXT_INIT("认定"),
    TEXT_INIT("评选"), TEXT_INIT("制定"), TEXT_INIT("出台"),   TEXT_INIT("印发"), TEXT_INIT("发布"),
    TEXT_INIT("梳理"), TEXT_INIT("收集"), TEXT_INIT("征集"),   TEXT_INIT("种植"), TEXT_INIT("配备"),
    TEXT_INIT("配置"), TEXT_INIT("购置"), TEXT_INIT("铺设"),   TEXT_INIT("修复"), TEXT_INIT("解决"),
    TEXT_INIT("帮助"), TEXT_INIT("推动"), TEXT_INIT("推进"),   TEXT_INIT("增加"), TEXT_INIT("减少"),
    TEXT_INIT("提高"), TEXT_INIT("降低"), TEXT_INIT("缩短"),   TEXT_INIT("压减"), TEXT_INIT("降至"),
    TEXT_INIT("升至"), TEXT_INIT("参加"), TEXT_INIT("位居"),   TEXT_INIT("位列"), TEXT_INIT("纳入"),
    TEXT_INIT("列入"), TEXT_INIT("选派"), TEXT_INIT("享受"),   TEXT_INIT("收治"), TEXT_INIT("开通"),
    TEXT_INIT("签订"), TEXT_INIT("落地"), TEXT_INIT("进行"),   TEXT_INIT("给予"), TEXT_INIT("划定"),
    TEXT_INIT("超过"), TEXT_INIT("突破"), TEXT_INIT("增至"),   TEXT_INIT("通过"), TEXT_INIT("拆除"),
    TEXT_INIT("挂牌"), TEXT_INIT("接待"), TEXT_INIT("募集"),   TEXT_INIT("筹集"), TEXT_INIT("招收"),
    TEXT_INIT("争取"), TEXT_INIT("提供"), TEXT_INIT("评定"),   TEXT_INIT("涉及"), TEXT_INIT("加装"),
    TEXT_INIT("安装"), TEXT_INIT("摸排"), TEXT_INIT("确定"),   TEXT_INIT("查获"), TEXT_INIT("化解"),
    TEXT_INIT("招录"), TEXT_INIT("遴选"), TEXT_INIT("布点"),   TEXT_INIT("布设"), TEXT_INIT("组建"),
    TEXT_INIT("缩减"), TEXT_INIT("压缩"), TEXT_INIT("扩大"),   TEXT_INIT("扩展"), TEXT_INIT("上升"),
    TEXT_INIT("下调"), TEXT_INIT("上调"), TEXT_INIT("调整"),   TEXT_INIT("延长"), TEXT_INIT("变为"),
    TEXT_INIT("改为"), TEXT_INIT("减至"), TEXT_INIT("减少至"), TEXT_INIT("降到"), TEXT_INIT("升到"),
    TEXT_INIT("增到"), TEXT_INIT("扩至"), TEXT_INIT("归集"),   TEXT_INIT("开行"), TEXT_INIT("运送"),
    TEXT_INIT("增设"), TEXT_INIT("优化"), TEXT_INIT("追回"),   TEXT_INIT("清理"), TEXT_INIT("修缮"),
    TEXT_INIT("处以"), TEXT_INIT("实施"), TEXT_INIT("入驻"),   TEXT_INIT("改建"), TEXT_INIT("扩建"),
    TEXT_INIT("续建"), TEXT_INIT("兴建"), TEXT_INIT("实行"),   TEXT_INIT("拨款"), TEXT_INIT("调剂"),
    TEXT_INIT("带动"), TEXT_INIT("撬动"), TEXT_INIT("挽回"),   TEXT_INIT("清偿"), TEXT_INIT("共建"),
    TEXT_INIT("配建"), TEXT_INIT("建好"), TEXT_INIT("核发"),   TEXT_INIT("颁发"), TEXT_INIT("上线"),
    TEXT_INIT("上架"), TEXT_INIT("聘请"), TEXT_INIT("聘任"),   TEXT_INIT("聘用"), TEXT_INIT("约谈"),
    TEXT_INIT("关停"), TEXT_INIT("取缔"), TEXT_INIT("更换"),   TEXT_INIT("拓宽"), TEXT_INIT("疏浚"),
    TEXT_INIT("栽种"), TEXT_INIT("植树"), TEXT_INIT("补种"),   TEXT_INIT("录入"), TEXT_INIT("盘活"),
    TEXT_INIT("腾退"), TEXT_INIT("清退"), TEXT_INIT("挖掘"),   TEXT_INIT("收购"), TEXT_INIT("储存"),
    TEXT_INIT("放映"), TEXT_INIT("走访"), TEXT_INIT("慰问"),   TEXT_INIT("结对"), TEXT_INIT("调处"),
    TEXT_INIT("侦破"), TEXT_INIT("破获"), TEXT_INIT("抓获"),   TEXT_INIT("起诉"), TEXT_INIT("审结"),
    TEXT_INIT("执结"), TEXT_INIT("罚没"), TEXT_INIT("曝光"),   TEXT_INIT("汇聚"), TEXT_INIT("打通"),
    TEXT_INIT("连接"), TEXT_INIT("贯通"), TEXT_INIT("成立"),   TEXT_INIT("反映"), TEXT_INIT("表示"),
    TEXT_INIT("认为"), TEXT_INIT("收到"), TEXT_INIT("发生"),   TEXT_INIT("尚未"), TEXT_INIT("开始"),
    TEXT_INIT("能够"), TEXT_INIT("发现"), TEXT_INIT("引进"),   TEXT_INIT("吸引"), TEXT_INIT("补装"),
    TEXT_INIT("试装"), TEXT_INIT("列为"), TEXT_INIT("兑现"),   TEXT_INIT("培养"), TEXT_INIT("在"),
    TEXT_INIT("选聘"), TEXT_INIT("下派"), TEXT_INIT("派出"),   TEXT_INIT("选调"), TEXT_INIT("增配"),
    TEXT_INIT("召开"), TEXT_INIT("举行"), TEXT_INIT("听取"),   TEXT_INIT("采纳"), TEXT_INIT("吸纳"),
    TEXT_INIT("征求"), TEXT_INIT("消除"), TEXT_INIT("清除"),   TEXT_INIT("拆解"), TEXT_INIT("支出"),
    TEXT_INIT("花费"), TEXT_INIT("耗资"), TEXT_INIT("节约"),   TEXT_INIT("节省"), TEXT_INIT("新开"),
    TEXT_INIT("交付"), TEXT_INIT("追缴"), TEXT_INIT("补缴"),   TEXT_INIT("免征"), TEXT_INIT("退还"),
    TEXT_INIT("接收"), TEXT_INIT("接受"), TEXT_INIT("救治"),   TEXT_INIT("治愈"), TEXT_INIT("编制"),
    TEXT_INIT("起草"), TEXT_INIT("攻克"), TEXT_INIT("核定"),   TEXT_INIT("核查"), TEXT_INIT("核实"),
    TEXT_INIT("核减"), TEXT_INIT("清查"), TEXT_INIT("清欠"),   TEXT_INIT("偿还"), TEXT_INIT("归还"),
    TEXT_INIT("开设"), TEXT_INIT("选取"), TEXT_INIT("抽取"),   TEXT_INIT("发出"), TEXT_INIT("送达"),
    TEXT_INIT("张贴"), TEXT_INIT("推送"), TEXT_INIT("推介"),   TEXT_INIT("巡查"), TEXT_INIT("劝导"),
    TEXT_INIT("劝阻"), TEXT_INIT("纠正"), TEXT_INIT("吊销"),   TEXT_INIT("予以"), TEXT_INIT("需要"),
    TEXT_INIT("需"),   TEXT_INIT("现有"), TEXT_INIT("共有"),   TEXT_INIT("下拨"), TEXT_INIT("拨出"),
    TEXT_INIT("吸收"), TEXT_INIT("接纳"), TEXT_INIT("安置"),   TEXT_INIT("承办"), TEXT_INIT("承接"),
    TEXT_INIT("转办"), TEXT_INIT("交办"), TEXT_INIT("督办"),   TEXT_INIT("立案"), TEXT_INIT("结案"),
    TEXT_INIT("问责"), TEXT_INIT("配送"), TEXT_INIT("分出"),   TEXT_INIT("转出"), TEXT_INIT("转入"),
    TEXT_INIT("迁入"), TEXT_INIT("迁出"), TEXT_INIT("引入"),   TEXT_INIT("输送"), TEXT_INIT("推荐"),
    TEXT_INIT("评出"), TEXT_INIT("授予"), TEXT_INIT("表彰"),   TEXT_INIT("命名"), TEXT_INIT("补充"),
    TEXT_INIT("腾出"), TEXT_INIT("划拨"), TEXT_INIT("筹措"),   TEXT_INIT("整合"), TEXT_INIT(""),
};

/* Also the first half of a name, when one of NOUNS follows or the name is long. */
static const struct text NAMING[] = {
    TEXT_INIT("补助"), TEXT_INIT("补贴"), TEXT_INIT("资助"), TEXT_INIT("办理"), TEXT_INIT("服务"),
    TEXT_INIT("培训"), TEXT_INIT("投资"), TEXT_INIT("保护"), TEXT_INIT("规划"), TEXT_INIT("检查"),
    TEXT_INIT("治理"), TEXT_INIT("计划"), TEXT_INIT("参与"), TEXT_INIT("救助"), TEXT_INIT("受理"),
    TEXT_INIT("登记"), TEXT_INIT("建设"), TEXT_INIT("建档"), TEXT_INIT("支持"), TEXT_INIT("改造"),
    TEXT_INIT("培育"), TEXT_INIT("更新"), TEXT_INIT("落实"), TEXT_INIT("投放"), TEXT_INIT("招聘"),
    TEXT_INIT("提升"), TEXT_INIT("处理"), TEXT_INIT("升级"), TEXT_INIT("运营"), TEXT_INIT("出口"),
    TEXT_INIT("进口"), TEXT_INIT("生产"), TEXT_INIT("销售"), TEXT_INIT("供应"), TEXT_INIT("运输"),
    TEXT_INIT("演出"), TEXT_INIT("注册"), TEXT_INIT("罚款"), TEXT_INIT("公示"), TEXT_INIT("公开"),
    TEXT_INIT("采购"), TEXT_INIT("授权"), TEXT_INIT("申请"), TEXT_INIT("审批"), TEXT_INIT("审核"),
    TEXT_INIT("抽检"), TEXT_INIT("抽查"), TEXT_INIT("执行"), TEXT_INIT("转化"), TEXT_INIT("分流"),
    TEXT_INIT("引导"), TEXT_INIT("回收"), TEXT_INIT("储备"), TEXT_INIT("减免"), TEXT_INIT("受益"),
    TEXT_INIT("流转"), TEXT_INIT("采集"), TEXT_INIT("缴纳"), TEXT_INIT("出版"), TEXT_INIT("发行"),
    TEXT_INIT("通车"), TEXT_INIT("延伸"), TEXT_INIT("申报"), TEXT_INIT("扶持"), TEXT_INIT("转移"),
    TEXT_INIT("栽植"), TEXT_INIT("关爱"), TEXT_INIT("招引"), TEXT_INIT("开放"), TEXT_INIT("集中"),
    TEXT_INIT("建"),   TEXT_INIT("接入"), TEXT_INIT("开办"), TEXT_INIT("签约"), TEXT_INIT("开工"),
    TEXT_INIT("竣工"), TEXT_INIT("移交"), TEXT_INIT("检测"), TEXT_INIT("监测"), TEXT_INIT("返还"),
    TEXT_INIT(""),
};

/* What is measured is the change itself. */
static const struct text JOINING[] = { TEXT_INIT("新增"), TEXT_INIT("净增"), TEXT_INIT("") };

static const struct text NOUNS[] = {
    TEXT_INIT("标准"), TEXT_INIT("时限"), TEXT_INIT("率"),   TEXT_INIT("量"),   TEXT_INIT("面积"),
    TEXT_INIT("比例"), TEXT_INIT("次数"), TEXT_INIT("费"),   TEXT_INIT("额"),   TEXT_INIT("总额"),
    TEXT_INIT("总量"), TEXT_INIT("里程"), TEXT_INIT("规模"), TEXT_INIT("数"),   TEXT_INIT("面"),
    TEXT_INIT("范围"), TEXT_INIT("人数"), TEXT_INIT("户数"), TEXT_INIT("件数"), TEXT_INIT("时长"),
    TEXT_INIT("期限"), TEXT_INIT("周期"), TEXT_INIT("区"),   TEXT_INIT("型"),   TEXT_INIT("性"),
    TEXT_INIT("者"),   TEXT_INIT("强度"), TEXT_INIT("密度"), TEXT_INIT("限额"), TEXT_INIT("定额"),
    TEXT_INIT("余额"), TEXT_INIT("缺口"), TEXT_INIT(""),
};

/* Behind those of NAMING, too. */
static const struct text MORE[] = {
    TEXT_INIT("奖金"),   TEXT_INIT("基金"),   TEXT_INIT("贷款"),   TEXT_INIT("津贴"),
    TEXT_INIT("补偿"),   TEXT_INIT("债券"),   TEXT_INIT("消费券"), TEXT_INIT("授信"),
    TEXT_INIT("费用"),   TEXT_INIT("代金券"), TEXT_INIT("单位"),   TEXT_INIT("政策"),
    TEXT_INIT("用房"),   TEXT_INIT("设施"),   TEXT_INIT("服务"),   TEXT_INIT("能力"),
    TEXT_INIT("水平"),   TEXT_INIT("用户"),   TEXT_INIT("家庭"),   TEXT_INIT("协议"),
    TEXT_INIT("办法"),   TEXT_INIT("方案"),   TEXT_INIT("计划"),   TEXT_INIT("制度"),
    TEXT_INIT("体系"),   TEXT_INIT("机制"),   TEXT_INIT("平台"),   TEXT_INIT("基地"),
    TEXT_INIT("收入"),   TEXT_INIT("支出"),   TEXT_INIT("案件"),   TEXT_INIT("需求"),
    TEXT_INIT("产值"),   TEXT_INIT("企业"),   TEXT_INIT("产业"),   TEXT_INIT("品种"),
    TEXT_INIT("环节"),   TEXT_INIT("车"),     TEXT_INIT("人口"),   TEXT_INIT("地"),
    TEXT_INIT("资金"),   TEXT_INIT("金额"),   TEXT_INIT("补贴"),   TEXT_INIT("补助"),
    TEXT_INIT("奖励"),   TEXT_INIT("经费"),   TEXT_INIT("成本"),   TEXT_INIT("价格"),
    TEXT_INIT("志愿者"), TEXT_INIT("会员"),   TEXT_INIT("护士"),   TEXT_INIT("医师"),
    TEXT_INIT("商标"),   TEXT_INIT("资本"),   TEXT_INIT("人员"),   TEXT_INIT(""),
};

/* 在校学生, 在岗职工: behind 在 they say which ones, and not where. */
static const struct text PLACED[] = {
    TEXT_INIT("校"), TEXT_INIT("园"), TEXT_INIT("册"), TEXT_INIT("岗"), TEXT_INIT("职"),
    TEXT_INIT("建"), TEXT_INIT("编"), TEXT_INIT("读"), TEXT_INIT("院"), TEXT_INIT("籍"),
    TEXT_INIT("研"), TEXT_INIT("役"), TEXT_INIT("营"), TEXT_INIT("产"), TEXT_INIT("库"),
    TEXT_INIT("用"), TEXT_INIT("售"), TEXT_INIT("租"), TEXT_INIT("训"), TEXT_INIT("学"),
    TEXT_INIT("线"), TEXT_INIT(""),
};

bool verb_places(struct text text, size_t at)
{
    size_t end = at + TEXT("在").length;
    return scan_at(text, at, TEXT("在")) && scan_any_at(text, end, PLACED) > 0;
}

/* The longest row that ends where a word does. */
static size_t row_at(const struct scan_words *words, struct text text, size_t at,
                     const struct text *rows)
{
    size_t best = 0;
    for (size_t i = 0; rows[i].length; i++)
        if (rows[i].length > best && scan_at(text, at, rows[i]) &&
            !scan_cuts(words, text.data + at + rows[i].length))
            best = rows[i].length;
    return best;
}

struct verb verb_at(const struct scan_words *words, struct text text, size_t at)
{
    size_t plain = row_at(words, text, at, PLAIN), naming = row_at(words, text, at, NAMING),
           joining = row_at(words, text, at, JOINING);
    struct verb verb = { plain, false, false, false };
    if (scan_cuts(words, text.data + at) || verb_places(text, at))
        return (struct verb) { 0 };
    if (joining > plain)
        verb = (struct verb) { joining, false, true, false };
    if (naming > verb.length)
        verb = (struct verb) { naming, true, false, false };
    size_t end = at + verb.length;
    bool named =
        row_at(words, text, end, NOUNS) > 0 || (verb.naming && row_at(words, text, end, MORE) > 0);
    return verb.joins || !named ? verb : (struct verb) { 0 };
}

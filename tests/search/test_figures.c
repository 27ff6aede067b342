/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sentences and the figures in them, as "measure=value unit", with the bound (~ about, > over,
 * < under), the direction and basis of a change, and the year that the sentence says. */
#include "search/extract/figures.h"

#include "tests/search/run_suite.h"

static struct lexicon *lexicon;
static struct arena arena;
static struct error error;
static struct normalized scratch;

static void set_up(void)
{
    arena_init(&arena, 0);
    normalized_init(&scratch);
    ck_assert_msg(!lexicon_open(NULL, &lexicon, &error), "%s", error.message);
}

static void tear_down(void)
{
    lexicon_free(lexicon);
    normalized_release(&scratch);
    arena_release(&arena);
}

static struct figure_list figures(struct text text)
{
    struct figure_list list = { 0 };
    ck_assert_msg(!figures_find(text, lexicon, &scratch, &arena, &list, &error), "%s",
                  error.message);
    return list;
}

static struct text describe(const struct figure *figure)
{
    static const char *const BOUNDS[] = { "", "~", ">", "<" };
    struct text out = arena_printf(&arena, "%.*s=%s%.12g", TEXT_ARG(figure->measure),
                                   BOUNDS[figure->bound], figure->low);
    if (figure->high != figure->low)
        out = arena_printf(&arena, "%s-%.12g", out.data, figure->high);
    out = arena_printf(&arena, "%s%.*s", out.data, TEXT_ARG(figure->unit));
    if (figure->direction)
        out = arena_printf(&arena, "%s%s%.*s", out.data, figure->direction > 0 ? "+" : "-",
                           TEXT_ARG(figure->basis));
    if (figure->time == FIGURE_YEAR)
        out = arena_printf(&arena, "%s@%u", out.data, figure->year);
    else if (figure->time != FIGURE_UNDATED)
        out = arena_printf(&arena, "%s@%s", out.data,
                           figure->time == FIGURE_THIS_YEAR ? "this" : "last");
    return out;
}

static const struct {
    const char *text, *figures;
} EXAMPLES[] = {
    /* amounts, with what multiplies them */
    { "2025年，全市传统制造业17个重点行业实现增加值2882.4亿元。",
      "重点行业=17个@2025; 增加值=288240000000元@2025" },
    { "2025年为37.46万家市场主体减负12.77亿元，为10.06万家市场主体发放稳岗返还资金8.04亿元。",
      "市场主体=374600家@2025; 减负=1277000000元@2025; 市场主体=100600家@2025; "
      "稳岗返还资金=804000000元@2025" },
    { "总投资3亿5000万元。", "总投资=350000000元" },
    { "下达补助资金１，２３４万元。", "补助资金=12340000元" },
    { "财政补贴约三千五百万元。", "财政补贴=~35000000元" },
    { "绿化面积两万亩。", "绿化面积=20000亩" },
    { "总装机容量120兆瓦，年发电量1.2亿千瓦时。", "总装机容量=120兆瓦; 年发电量=120000000千瓦时" },
    /* two years, and a heading that runs on */
    { "家庭病床建床数由2021年的410张增加到2023年的1368张。",
      "家庭病床建床数=410张@2021; 家庭病床建床数=1368张@2023" },
    { "研发投入强度从2019年底的2.84%提高到2025年底的3.65%。",
      "研发投入强度=2.84%@2019; 研发投入强度=3.65%@2025" },
    { "（一）建成家庭养老床位3820张。", "家庭养老床位=3820张" },
    { "（二）全市共有社区食堂96家。", "社区食堂=96家" },
    /* things that are counted */
    { "累计打造13家国家卓越级智能工厂，位列全国同类城市第二位。", "国家卓越级智能工厂=13家" },
    { "累计创建国家级绿色工厂159家、数量位居全国副省级城市首位，国家级绿色园区6家。",
      "国家级绿色工厂=159家; 国家级绿色园区=6家" },
    { "建成垃圾中转站三座。", "垃圾中转站=3座" },
    { "培训家政人员一千二百余人次。", "家政人员=>1200人次" },
    { "新建停车泊位2136个，机关事业单位停车场错时共享。", "停车泊位=2136个" },
    { "其中公用充电桩9860个、专用充电桩4340个、个人自用充电桩6.52万个，车桩比为1.46∶1。",
      "公用充电桩=9860个; 专用充电桩=4340个; 个人自用充电桩=65200个" },
    { "全市1107个住宅小区中，已建有公共充电设施的493个，占44.5%。",
      "住宅小区=1107个; 公共充电设施=493个; 公共充电设施占比=44.5%" },
    { "有30多家企业参与。", "企业=>30家" },
    { "惠及老人100人以上。", "老人=>100人" },
    /* shares and changes */
    { "全市规上制造业绿色化改造覆盖率达78.4%。", "规上制造业绿色化改造覆盖率=78.4%" },
    { "“一网通办”率达 94%。", "“一网通办”率=94%" },
    { "规上工业增加值120亿元，同比增长5.2%。",
      "规上工业增加值=12000000000元; 规上工业增加值=5.2%+同比" },
    { "投诉量下降了百分之十五。", "投诉量=15%-" },
    { "森林覆盖率提高2.5个百分点。", "森林覆盖率=2.5个百分点+" },
    { "办理时限压减至3个工作日。", "办理时限=3个工作日" },
    { "平均停车次数由每趟4.1次降至1.9次。", "平均停车次数每趟=4.1次; 平均停车次数每趟=1.9次" },
    { "参保率达到九成五以上。", "参保率=>95%" },
    { "群众满意率达九成以上。", "群众满意率=>90%" },
    { "研发投入年均增长10%以上。", "研发投入=>10%+年均" },
    { "事故起数较上年减少12起。", "事故起数=12起-较上年" },
    { "补贴标准不超过设备价格的30%。", "补贴标准=<30%" },
    { "利率不高于4%。", "利率=<4%" },
    /* no word is cut: 共享, 从业, 平均, 初中, 中小 */
    { "开放共享泊位1.1万个。", "共享泊位=11000个" },
    { "推动从业人员参保率提高10个百分点。", "从业人员参保率=10个百分点+" },
    { "医保关系转移接续平均5个工作日办结。", "医保关系转移接续=5个工作日" },
    { "小学每餐标准由10元提高到12元、初中由12元提高到14元。",
      "小学每餐标准=10元; 小学每餐标准=12元; 初中=12元; 初中=14元" },
    { "培育13家中小企业。", "中小企业=13家" },
    { "全市共有托育服务机构312家。", "托育服务机构=312家" },
    { "但参保率仍不足三成，合流制管网仍有286公里。", "参保率=<30%; 合流制管网=286公里" },
    /* from one level to another */
    { "泊位缺口由5.2万个缩减至3.8万个。", "泊位缺口=52000个; 泊位缺口=38000个" },
    { "接入路口由88个扩大到260个。", "接入路口=88个; 接入路口=260个" },
    /* what a change is compared with is no year of its own */
    { "参保人数386万人，较2020年增长44%。", "参保人数=3860000人; 参保人数=44%+较2020年" },
    { "达标比例比上年同期提高8个百分点。", "达标比例=8个百分点+比上年同期" },
    /* what stands in parentheses belongs to the name */
    { "通过验收的镇（街道）达到138个。", "验收的镇(街道)=138个" },
    { "建成无人机起降场（点）486个。", "无人机起降场(点)=486个" },
    /* an amount of money and its name */
    { "设立首期30亿元产业基金。", "产业基金=3000000000元" },
    { "对园区托育点给予每生每月400元运营补贴。", "运营补贴=400元" },
    { "按每架次15元至60元给予运营补贴。", "运营补贴=15-60元" },
    { "按建筑面积给予8万元至20万元一次性建设补助。", "一次性建设补助=80000-200000元" },
    { "投入3600万元新建社区托育中心18个。", "投入=36000000元; 社区托育中心=18个" },
    { "夜间共享泊位按不高于每晚10元收费。", "夜间共享泊位每晚=<10元" },
    { "可按缴费基数60%至300%选择。", "缴费基数=60-300%" },
    { "每周5次。数十家企业。", "每周=5次" },
    /* ranges and rates */
    { "自动延长行人绿灯5至8秒。", "行人绿灯=5-8秒" },
    { "收费标准为每小时3—5元。", "收费标准每小时=3-5元" },
    { "给予10%-15%的补助。", "=10-15%" },
    { "奖励3至5万元。", "奖励=30000-50000元" },
    { "设计车速45公里/小时。", "设计车速=45公里/小时" },
    { "物业费1.8元/平方米/月。", "物业费=1.8元/平方米/月" },
    /* years */
    { "截至2024年底，建成驿站12个，2025年新增8个。", "驿站=12个@2024; 新增驿站=8个@2025" },
    { "去年接待游客300万人次，今年预计增长10%。", "游客=3000000人次@last; 游客=10%+@this" },
    { "2021—2025年投入资金2亿元。", "资金=200000000元@2025" },
    { "二〇二四年完成改造56户。", "改造=56户@2024" },
    { "投资比去年增长8%，达5亿元。", "投资=8%+比去年; 投资=500000000元" },
    { "2000年以前建成的老旧小区仅为12.8%。", "2000年以前建成的老旧小区=12.8%" },
    { "通过错峰将可接入充电桩数量提高约2倍。", "充电桩数量=~2倍+" },
    { "入园率、普及率分别提高4.6个和6.1个百分点。", "普及率=4.6个百分点+; 普及率=6.1个百分点+" },
    { "满意的126份，占66%，较满意的占31%，不满意的占3%。",
      "满意=126份; 满意占比=66%; 较满意占比=31%; 不满意占比=3%" },
    /* as many years, or names, as numbers */
    { "2022年、2023年分别新建水田3.2万亩、4.1万亩。", "水田=32000亩@2022; 水田=41000亩@2023" },
    { "医师、护士分别为12人和30人。", "医师=12人; 护士=30人" },
    { "游客5万人次，收入3亿元，分别增长3%和4%。",
      "游客=50000人次; 收入=300000000元; 游客=3%+; 收入=4%+" },
    /* parts of what is named */
    { "全市约三分之一的企业开展改造，过半数未开展。", "企业占比=~33.3333333333%; 企业占比=50%" },
    { "装机186万千瓦，占全市的31.4%。", "装机=1860000千瓦; 装机占比=31.4%" },
    { "客流三年翻了一番。", "客流=100%+" },
    /* which ones are meant, or when, is no figure */
    { "出台规范停车泊位设置等文件6件。", "文件=6件" },
    { "重点支持菱阳县、浔口县等21个县实施城市管网延伸。", "县=21个" },
    { "今年为60岁以上经营者办理变更3420件。", "60岁以上经营者办理变更=3420件@this" },
    { "分别给予4.5万元、3.6万元入职奖补。", "入职奖补=45000元; 入职奖补=36000元" },
    { "80周岁以上老人4.7万人，24小时开放的驿站12座，5年前为9座。",
      "80周岁以上老人=47000人; 24小时开放的驿站=12座; 24小时开放的驿站=9座" },
    { "联系前200位企业，实行7×24小时值守。", "" },
    /* no figures */
    { "联系电话：87654321。", "" },
    { "拨打12345热线，或0571-87654321转3位分机。", "" },
    { "甬经信函〔2026〕9号，第13号提案，市政协十六届五次会议。", "" },
    { "根据《条例》第十二条第三款、第5项规定，", "" },
    { "依据GB/T9704-2012和《2025年工作要点》第3章。", "" },
    { "2026年6月8日上午8时30分召开会议。", "" },
    { "推进5G基站、PM2.5和4A级景区。", "" },
    { "一是加强三个方面，做到两手抓，十分重要。", "" },
    { "实施“1+3+N”“十百千”工程和“30分钟职业技能培训圈”。", "" },
    { "地铁2号线、3号楼、第4批、三期工程。", "" },
    { "邮编315000，编号12345678900个。", "" },
    { "百分之百负责，千方百计，万无一失，三三两两。", "" },
    { "1.加强管理。2.优化服务。（3）做好宣传。", "" },
    { "版本1.2.3，地址192.168.1.1。", "" },
    { "", "" },
};

START_TEST(a_sentence_has_these_figures)
{
    struct figure_list list = figures(text_of(EXAMPLES[_i].text));
    struct text out = TEXT("");
    for (size_t i = 0; i < list.count; i++) {
        struct text one = describe(&list.figures[i]);
        out = arena_printf(&arena, "%.*s%s%s", TEXT_ARG(out), i ? "; " : "", one.data);
    }
    ck_assert_msg(text_equal(out, text_of(EXAMPLES[_i].figures)), "%s\n  %.*s\n  %s",
                  EXAMPLES[_i].text, TEXT_ARG(out), EXAMPLES[_i].figures);
}
END_TEST

START_TEST(a_figure_points_into_the_text_as_it_was_written)
{
    struct text text = TEXT("前言。共发放补贴１，２３４万元（含奖励）。后语。");
    struct figure_list list = figures(text);
    ck_assert_uint_eq(list.count, 1);
    const struct figure *figure = &list.figures[0];
    ck_assert(text_equal(text_slice(text, figure->start, figure->length), TEXT("１，２３４万元")));
    ck_assert(text_equal(text_slice(text, figure->sentence_start, figure->sentence_length),
                         TEXT("共发放补贴１，２３４万元（含奖励）。")));
}
END_TEST

/* Whatever the text: no crash, offsets within it, every figure once. */
START_TEST(odd_texts_are_read_to_their_end)
{
    static const char *const PIECES[] = { "9",  "1.", "一",     "万",   "2025年", "-",     "〔",
                                          "“",  "%",  "百分之", "亿",   "十",     "3至",   "元/",
                                          "第", "《", ".",      "分别", "、",     "的企业" };
    char text[160];
    unsigned seed = 1;
    for (int round = 0; round < 3000; round++) {
        size_t length = 0;
        while (length < 100) {
            seed = seed * 1103515245 + 12345;
            const char *piece = PIECES[(seed >> 16) % (unsigned)COUNT_OF(PIECES)];
            memcpy(text + length, piece, strlen(piece));
            length += strlen(piece);
        }
        struct figure_list list = figures(text_of_bytes(text, length));
        for (size_t i = 0; i < list.count; i++) {
            ck_assert_uint_le(list.figures[i].start + list.figures[i].length, length);
            if (i)
                ck_assert_uint_ge(list.figures[i].start,
                                  list.figures[i - 1].start + list.figures[i - 1].length);
        }
        arena_clear(&arena);
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("figures");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, a_sentence_has_these_figures, 0, COUNT_OF(EXAMPLES));
    tcase_add_test(tests, a_figure_points_into_the_text_as_it_was_written);
    tcase_add_test(tests, odd_texts_are_read_to_their_end);
    return run_tests("figures", tests);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of patterns and its one compilation (PCRE2, UTF, with JIT where there is one).
 * They are written in extended syntax, in simplified characters, for shadows; blanks are B, digits
 * D in both widths, Chinese numerals CN. The forms come from published replies. */
#include "indexer/reply/patterns.h"

#include <assert.h>
#include <pthread.h>
#include <stdint.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#define B "[\\ \\t\\x{A0}\\x{3000}]*"
#define D "[0-9０-９]"
#define CN "[一二三四五六七八九十百零〇两]"
/* Ideographs by code point: since PCRE2 10.40 \p{Han} also takes 《》、。 (script extensions). */
#define HAN                                                                                        \
    "\\x{3005}\\x{3007}\\x{3400}-\\x{4DBF}\\x{4E00}-\\x{9FFF}\\x{F900}-\\x{FAFF}\\x{20000}-\\x{"   \
    "323AF}"
#define COLON "[：:﹕∶]"
#define CELL "[：:﹕∶|｜]" /* a colon, or the border of a table's cell */
#define OPEN "[〔\\[（(]"
#define CLOSE "[〕\\]）)]"
#define LINE_END B "[。．.；;]?" B "$"

#define YEAR "(?<year>(?:19|20|１９|２０)" D D "|[一二][一二三四五六七八九零〇Oo0Ｏ０]{3})"
#define DATE                                                                                       \
    "(?:" YEAR B "年" B "(?<month>" D "{1,2}|" CN "{1,3})" B "月" B "(?<day>" D "{1,2}|" CN        \
    "{1,3})" B "日|" YEAR "[-－./／．](?<month>" D "{1,2})[-－./／．](?<day>" D "{1,2})(?!" D "))"

/* What an agency's name ends with. */
#define AGENCY_END                                                                                                                  \
    "(?:局|厅|部|委|委员会|办|办公室|政府|院|中心|公司|集团|队|署|处|所|站|会|联|社|行|海关|街道|" \
    "镇|"                                                                                                                          \
    "乡|大学|学校|医院|办事处|管委会|党组|党校|工商联|园区|开发区|示范区|新区|基地|馆|台|厂|校)"
#define PARTY "(?:民革|民盟|民建|民进|农工党|农工民主党|致公党|九三学社|台盟|工商联)"

/* A place before 政协, 人大 or 届: never runs across a preposition or 关于. */
#define AREA_STOP "(?!关于|对于|对|在|的|期间|提交|提出|收到|你|您|我们|贵)"
#define AREA                                                                                       \
    "(?:全国|(?![年度届次我本向到由就给将把经])(?!(?<=[关对])于)(?:" AREA_STOP "[" HAN "]){0,11}?" \
    "(?:省|市|县|区|州|盟|旗|兵团|(?<![城乡村])镇|乡))"
#define COUNCIL "(?:政协|(?:中国)?人民政治协商会议|人民政协|人大|人民代表大会)"
#define PLACES "(?(DEFINE)(?<place>" AREA ")(?<council>" COUNCIL "))"
#define TERM "第?" B "(?<term>" CN "{1,3}|" D "{1,2})" B "届"
#define MEETING                                                                                    \
    "第?" B "(?<meeting>" CN "{1,3}|" D "{1,2})" B "次" B "(?:全体)?" B                            \
    "(?:会议|全会|大会|代表大会)"

#define PROPOSAL "(?:提案|建议|议案|原案|意见建议)"
#define TITLE_END                                                                                                               \
    "(?:答复|复函|回复|回函|的函|办复|意见|意见函|会办函|答复函|情况|(?:办理|答复|情况)(?:的)?" \
    "(?:报告|汇报|说明|函|通报|结果|情况)|(?:承办|办理|办理情况|答复)(?:单|表|卡)|函复|复文|"     \
    "答复书|答复件)"
/* The most common surnames (Ministry of Public Security, 2020), and what is common in one region. */
#define SURNAME                                                                                                                               \
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏" \
    "魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵" \
    "钱严覃武戴莫孔汤褚卫尤施柳葛毕倪鲁岳翟齐庄洪柯凌俞裘楼竺骆麦蓝殷"
#define CONTACT_LABEL                                                                                                                   \
    "(?:联" B "系" B "人|联" B "系" B "单" B "位|联" B "络" B                                                                           \
    "人|联系(?:人)?(?:电话|方式|地址|科室|处室|部门|手机)"                                                            \
    "|联系人?(?:及|和|、)(?:联系)?(?:电话|方式)|联系单位(?:及|和|、)(?:联系)?(?:电话|方式)"                    \
    "|承" B "办" B "人员?|经" B "办" B "人员?|承办(?:科室|处室)|主办(?:科室|处室)"                                        \
    "|(?:分管|主管|责任|签发)领导|领导签发|承办负责人|责任人|咨询电话|办公电话|固定电话|联系手机" \
    "|电" B "话|手" B "机(?:号码?)?|传" B "真|邮" B "编|邮政编码|电子邮[箱件]|通讯地址|地" B "址)"                                     \
    "(?:(?:及|和|与|、)(?:联系)?(?:电话|方式|手机))?"

struct row {
    enum pattern pattern;
    const char *expression;
};

/* clang-format off: a pattern is broken where its meaning is, not where its line ends */
static const struct row ROWS[] = {
    { PATTERN_PAGE_NUMBER, "^(?:[-—–―－─·•~～]{1,3}" B D "{1,4}" B "[-—–―－─·•~～]{1,3}"
                           "|第" B D "{1,4}" B "页(?:" B "[,，/／、]?" B "共" B D "{1,4}" B "页)?"
                           "|[（(]" B "第?" B D "{1,4}" B "页" B "[）)])$" },
    { PATTERN_ADDRESSEE,
      "^(?!附|抄|主送单|联系|承办|经办)(?:尊敬的" B ")?"
      "(?<name>[^。；;！？!?：:《》，,“”]{0,150}?"
      "(?:委员|代表|代表团|主席|主任|同志|先生|女士|委员们|代表们|委员会|市委会|[省市县区州]委"
      "|支部|总支|小组|界别|党组|部门|单位|会员|领导|" PARTY "(?:中央)?|" AGENCY_END ")"
      "(?:[（(][^（）()]{1,30}[）)])?)" B COLON B "$" },
    { PATTERN_SALUTATION,
      "^(?:尊敬的" B ")?"
      "(?<name>[^。；;！？!?：:《》，,“”]{0,60}?(?:委员|代表|委员会|[省市县区州]委|支部)们?)" B
          COLON B "(?=您|你|贵|收到|首先|感谢|《|经)" },
    { PATTERN_CONTACT_LINE,
      "^(?:[（(〔|｜]?" B "|[^。；;，,！？!?：:]{1,14}" COLON
      "[^。；;，,！？!?：:]{1,16}?[\\ \\t\\x{A0}\\x{3000}]+)" CONTACT_LABEL B "(?:" CELL
      "|[（(]|(?=" D ")"
      "|[\\ \\t\\x{3000}]+(?!人民)[" HAN "]{1,4}(?:[\\ \\t\\x{3000}，,；;]|$))" },
    { PATTERN_COPY_TO, "^[（(]?" B "(?:抄" B "送|抄" B "报|抄报送|分" B
                       "送)(?:单位|机关)?" B COLON B "(?<name>.*?)" LINE_END },
    { PATTERN_PRINT_LINE, "(?:^[^。]{0,60}" DATE B "印(?:发|制)?" B "[）)]?$)"
                          "|^(?:印发机关|印制机关|印发日期|打印|校对|录入)" B COLON
                          "|^[（(]?共?印" B D "{1,5}" B "份" },
    { PATTERN_PUBLICITY_LINE,
      "^[（(〔]?" B
      "(?:(?:信息)?(?:公开(?:属性|方式|类型|类别|形式|选项|范围|程度)|是否公开|公开与否|公开意见)" B
          COLON "|(?:此件|本件|此文|此复函|本文|该件)?(?:已|可|依法)?(?:不涉密|非涉密)?[，,、]?" B
      "(?:主动公开|同意(?:对外|全文|主动)?公开|公开发布|不予公开|不公开|不宜公开|依申请公开|"
      "部分公开|全文公开|对外公开)"
      "[^。]{0,40}[）)〕]?" B "$)" },
    { PATTERN_CLASS_LINE,
      "^[（(〔]?" B "(?:(?:办理|办复|答复|回复|类别|结果|提案|建议|复函)?"
      "(?:结果|类别|类型|分类|标记|级别|类别标记|分类标记)(?:标识|代码)?" B "(?:" COLON "|为)"
      "|[A-DＡ-Ｄ]" B "类?[）)〕]?" B "$)" },
    { PATTERN_LABEL_LINE,
      "^[【〔\\[]?" B "(?:索" B "引" B
      "号|信息索引|发布(?:机构|单位|部门|者)|发文(?:机关|机构|单位|部门)|制发(?:机关|单位)"
      "|公开(?:方式|时限|形式|范围|类别|程度|日期|时间)|责任(?:部门|单位)|文" B
      "号|文件编号|发文字号|发文日期|发文时间"
      "|主题(?:分类|词)|信息(?:分类|来源|名称|类别)|成文(?:日期|时间)|发布(?:日期|时间)|生成(?:"
      "日期|时间)|印发日期"
      "|效力(?:状态)?|有效性|来" B "源|文章来源|内容来源|标" B "题|名" B "称|体裁(?:分类)?|组配分类"
      "|所属(?:栏目|主题|类别|机构)|浏览(?:次数|量)|阅读(?:次数|量)?|点击(?:数|量|率)?|访问量|字" B
      "[号体](?:大小)?"
      "|签" B "发" B "人|责任编辑|编辑|作者|关键[词字]|摘要|概述|密级|紧急程度|份号"
      "|废止日期|施行日期|失效日期|更新(?:日期|时间)|时间|日期"
      "|届次|提案(?:编号|号|人|者)|建议(?:编号|号|人)|案" B
      "[由号]|题目|领衔(?:人|代表)|附议(?:人|代表)"
      "|主办单位|会办单位|协办单位|承办单位)" B "[】〕\\]]?" B "[：:﹕∶|｜\\t]"
      "|^(?:代表|委员|提出人|建议人)(?:姓名)?" B COLON B "(?!您|你|贵|首先|感谢)(?=[" HAN "])" },
    { PATTERN_CHROME_LINE,
      "^(?:您?(?:当前|现在)?的?(?:当前)?(?:所在)?位置" B COLON "|(?:首页|网站首页)" B "[>＞»/]"
      "|[【〔\\[]?(?:打印|关闭)(?:本页|窗口|此页)|[【〔\\[]?(?:打印|关闭|收藏|纠错|返回|分享)["
      "】〕\\]]?$"
      "|分享到|分享" B COLON "|扫一扫|上一[条篇]|下一[条篇]"
      "|相关(?:文章|链接|附件|信息|阅读|新闻)" B COLON "?"
      "|返回(?:顶部|首页|列表)|版权所有|网站(?:标识码|地图)|[^。]{0,30}备案号|【?字体" B COLON
      ")" },
    { PATTERN_DATE_LINE,
      "^(?:[" HAN "（）()\\ \\x{3000}]{2,40}?" AGENCY_END B "|[（(])?" B DATE B "[）)]?" B "$"
      /* also what is left of one: 2022年6月, 二十六日, 201759日 */
      "|^(?=.*[日月]$)(?=.*[0-9０-９〇一二三四五六七八九十])[0-9０-９〇零○一二三四五六七八九十\\ "
      "\\x{3000}年月日]{3,16}$" },
    { PATTERN_AGENCY_LINE,
      "^(?<name>(?!关于|附|抄|此|以|特|专|二|三|四|一)[" HAN
      "（）()·、\\ \\x{3000}A-ZＡ-Ｚ×＊*]{1,48}?" AGENCY_END ")" B
      "(?:[（(](?:函|通知|复函|盖章|公章|代章|章)[）)])?(?:文" B "件)?" B "$" },
    { PATTERN_TITLE, "^(?=[^。！？；]{6,200}$)(?!.*收悉)(?:[“\"‘]" B ")?(?:"
                     "(?=.*(?:提案|建议|议案|原案|代表意见|委员意见)).*" TITLE_END
                     "|.{0,60}(?:关于|对).*(?:会议|人大|政协|委员|代表).{0,40}第?" B "[A-Z]{0,4}" D
                     "{1,14}" B "号.*(?:" TITLE_END "|函)"
                     "|.{0,40}(?:提案|建议|议案)(?:办理)?(?:答复|复函|回复)[^，]{0,12})"
                     "[”\"’）)》〕]{0,3}(?:" B "[（(〔][^（）()]{1,30}[）)〕])?" B "$" },
    { PATTERN_TITLE_STRONG,
      "(?:关于|对).*(?:提案|建议|议案|原案|意见).*(?:答复|复函|回复|回函|办复|会办|协办|分办|的函)"
      "|(?:承办|办理|办理情况|答复)(?:单|表|卡)" },
    { PATTERN_TITLE_START,
      "^(?!.*[。；：:]$)(?:[“\"‘]?(?:关于|对(?!照|于|比|标|此|口|外|策)|" YEAR
      "年?.{0,20}(?:人大|政协|会议))"
      "|[" HAN "（）()]{2,30}" AGENCY_END "(?:[（(][^）)]{1,20}[）)])?(?:关于|对).{2,}"
      "|[" HAN "A-Za-z]{2,16}[〔\\[（(](?:19|20)" D D "[〕\\]）)]" B "第?" D
      "{1,5}号(?:关于|对).{2,}"
      "|.{0,60}(?:届.{0,14}次(?:会议|全会|大会|全体会议)|委员会|代表大会)$)" },
    { PATTERN_CLOSING,
      "^(?:(?:最后|在此|再次|同时|另外|此致|衷心|诚挚|非常|特别|十分|真诚|诚恳)[，,]?.{0,12})?(?:"
      "感谢|谢谢|致谢)"
      "|^(?:专|特|谨|此|以此)(?:此)?(?:答复|函复|回复|函达|函告|复函|复|致谢)(?:[。，！!]|$)"
      "|^以上(?:答复|意见|回复|复函|办理)"
      "|^(?:此致|敬礼|特此|专此|顺致|顺祝|敬请|恳请|恭祝|欢迎.{0,16}(?:监督|批评|指导|支持|提出|"
      "继续))"
      "|^(?:若|如|如果)(?:您|你们?|贵.|对)?.{0,16}(?:答复|回复|以上|办理).{0,20}(?:意见|不满|疑问|"
      "满意|不妥|建议)"
      "|^(?:希望|期待|盼望|恳请)(?:您|你们|贵.|今后|各位|继续|一如)"
      "|^对(?:您|你们|贵.)所提的?其他意见"
      "|^此(?:答复|复函|件)(?:意见)?已经" },
    { PATTERN_LEAD,
      "收悉|(?:答复|函复|回复|复函|汇报|报告|说明|反馈|意见)(?:意见)?(?:如下|于后)|如下(?:会办|"
      "协办|答复|回复)|意见如下"
      "|(?:提出|提交|反映|联名提出|领衔提出)的?(?:第|[《“\"]|关于|[" HAN "]{0,6}建议|" D ")"
      "|(?:提案|建议|议案)[^。]{0,30}(?:由我.{1,6}(?:主办|办理|承办|会同)|交我|交由|转来|转我)" },

    { PATTERN_DOCUMENT_NUMBER,
      "(?<code>[" HAN "A-Za-z][" HAN "A-Za-z\\ \\x{3000}·-]{0,24}?)" B "(?:字" B "第?" B ")?" OPEN B
      "(?<year>(?:19|20|１９|２０)" D D ")" B "年?" B CLOSE B "(?:第|字第)?" B "(?<number>" D
      "{1,6}(?:-" D "{1,4})?)" B "号(?:" B "[（(]?(?<letter>[A-DＡ-Ｄ])(?:类|(?![A-Za-z0-9])))?" },
    { PATTERN_SESSION, PLACES
      "(?:(?<area>(?&place)?)(?&council)(?<area>(?&place)?)(?:委员会)?" B TERM
      "(?<area>(?&place)?)(?&council)?(?:委员会|常委会|常务委员会)?" B MEETING
      "|(?<area>(?&place)?)" TERM
      "(?<area>(?&place)?)(?&council)(?:委员会|常委会|常务委员会)?" B MEETING
      "|(?<area>(?&place)?)" TERM B "第?" B "(?<meeting>" CN "{1,3}|" D "{1,2})" B "次" B
      "(?<area>(?&place)?)(?:(?&council)|人大代表|人民代表)(?:代表)?(?:会议|大会|全会|全体会议)?"
      "|(?<area>(?&place))(?:委员会)?" TERM "(?:委员会)?" B MEETING "|(?<area>)" TERM
      "(?:委员会)?" B MEETING ")" },
    { PATTERN_TERM_ONLY,
      PLACES "(?:(?<area>(?&place)?)(?&council)(?<area>(?&place)?)" TERM "|(?<area>(?&place)?)" TERM
             "(?<area>(?&place)?)(?&council))(?:委员会|代表大会)?" },
    { PATTERN_NUMBER,
      "(?<![〕\\]）)])(?:第" B "(?<number>[A-Za-zＡ-Ｚ]{0,4}" B "[-—－]?" D "{1,14}(?:[-—－]" D
      "{1,6})?|" CN "{1,5})" B "(?:[、，,和]" B "第?[A-Za-z0-9]{1,14}号?" B "){0,30}号"
      "|(?<![A-Za-z0-9０-９〕\\]）)第.])(?<number>[A-Za-zＡ-Ｚ]{0,4}" D "{1,14})" B "号"
      "(?=" B "[”\"）)]|" B "(?:[（(][^（）()]{1,30}[）)])?" B
      "[《“\"]?(?:人大|政协|代表|委员|党派)?(?:" PROPOSAL "|提|案|关于)))" },
    { PATTERN_NUMBER_AFTER,
      "(?:提案|建议|议案)(?:案?号|编号)?" B "[（(]?" B COLON "?(?:第|编号|[（(]|案号)" B COLON
      "?(?<number>[A-Za-zＡ-Ｚ]{0,4}" D "{1,14})" B "号?" },
    { PATTERN_CATEGORY, "^" B "[（(](?<name>[^（）()《》]{1,24}?号)[）)]" },
    { PATTERN_SUBJECT, "(?:提出|提交|反映|所提|递交)的?(?<name>关于[^《》“”。，；：（()）]{2,80}?(?"
                       ":提案|建议|议案|意见))" B "(?:[（(，,。；已由收])" },
    { PATTERN_JOINT, "(?:会办|协办|分办|协助办理)(?:的)?(?:意见|复函|答复|函|情况|事项)|(?:转来|交|"
                     "转)我.{1,6}(?:会办|协办)" },
    { PATTERN_CONSULTED,
      "(?:(?:经|并|已|(?<![" HAN "]))(?:商请?|会商|会)(?!议|同|办|务|业|贸|标|品|员|计)|会同(?!"
      "有关|相关)|经(?:与|同|和)(?!您|你|贵|代表|委员|提案)"
      "|我(?:局|委|厅|办|部|会|区|市|县|镇|街道|单位|支队|中心)(?:与|和)(?!您|你|贵|代表|委员|提案)"
      "|征求了?|听取了?|经(?=[省市县区州国]))"
      "(?<name>(?:(?!研究|共同|会商|协商|沟通|[办受]理|进行|等(?:部门|单位)|的?意见|现将|答复|函复|"
      "联合|认真|现就|对接|商定|面商|处理|"
      "[交分会协主承督转]办|同意|批准|审核|审定)[^。；：:，,《》“”])+)(?![交转督]办|同意|批准|审核|"
      "审定)" },
    { PATTERN_CLASS,
      "(?:办理|办复|答复|回复|类别|结果|复函|提案|建议)?(?:结果|类别|类型|分类|标记|级别|类别标记|"
      "分类标记)(?:标识|代码)?" B "(?:" COLON "|为)" B
      "[“\"（(〔]?(?:[^A-DＡ-Ｄ，,；;。]{0,20}[（(])?" B "(?<letter>[A-DＡ-Ｄ])(?![A-Za-z0-9])"
      "|^" B "[（(〔]?" B "(?<letter>[A-DＡ-Ｄ])" B "类?" B "[）)〕]?" B
      "$|[\\ \\x{3000}](?<letter>[A-DＡ-Ｄ])" B "类(?=[\\ \\x{3000}]|$)" },
    { PATTERN_PUBLICITY, "(?<name>主动公开|同意(?:对外|全文|主动)?公开|此件公开发布|此件(?:主动|"
                         "依申请|不予)公开|公开发布|不予公开|不宜公开|不公开|"
                         "依申请公开|部分公开|全文公开|对外公开)" },
    { PATTERN_DATE, DATE },
    { PATTERN_ISSUER_FIELD,
      "(?:发布(?:机构|单位|部门)|发文(?:机关|机构|单位|部门)|制发(?:机关|单位)|(?:信息|文章|内容)?"
      "来" B "源|承办单位)" B "[】〕\\]]?" B "[：:﹕∶|｜]" B "(?<name>[" HAN "（）()·]{3,40})" },
    { PATTERN_TITLE_FIELD, "^[【〔\\[]?" B "(?:标" B "题|信息名称|名" B "称|文件名称)" B
                           "[】〕\\]]?" B COLON B "(?<name>.{6,})$" },
    { PATTERN_SIGNED_FIELD,
      "(?:成" B "文|发文|生成|制发)(?:日期|时间)" B "[】〕\\]]?" B COLON B "(?=" DATE ")" },
    { PATTERN_PUBLISHED_FIELD, "(?:发布|公开|更新|公布|发表)(?:日期|时间)" B "[】〕\\]]?" B COLON B
                               "(?=" DATE ")|^(?:日期|时间)" B COLON B "(?=" DATE ")" },
    { PATTERN_TITLE_ISSUER,
      "^" B "[“\"]?(?:" YEAR "年)?(?<name>(?!关于|对)[" HAN "（）()·]{2,40}?" AGENCY_END
      "(?:[（(][^（）()]{1,20}[）)])?)" B "(?:关于|对(?=.*(?:会议|人大|政协|提案|建议)))" },
    { PATTERN_TITLE_BRACKETS, "[（(](?<name>[" HAN "]{1,24}?" AGENCY_END ")[）)]" B "$" },
    { PATTERN_CARD_SUBJECT,
      "^(?:案" B "由|题" B "目|建议名称|提案名称|建议标题|提案标题|案名)" B CELL B
      "[《“]?(?<name>[^《》]{4,150}?)[》”]?" B "$" },
    { PATTERN_CARD_PERSON,
      "^(?:领衔|第一)?(?:代表|委员|提出人|建议人|提案人|提案者|提案单位)(?:姓名)?" B CELL B
      "(?<name>[^。：:]{2,120})$" },
    { PATTERN_CARD_UNIT,
      "^(?:主办|承办|协办|会办|分办)单位" B CELL "|^(?:办理|答复)(?:情况|结果|意见)" B CELL
      "|^(?:提案|建议)?(?:编|案)号" B CELL },
    { PATTERN_AGENCY,
      "^(?=.{2,30}$)(?:[省市县区州盟旗国原]|中共|[" HAN "]{2,}|民航)[" HAN "（）()·]*" AGENCY_END
      "(?:等|[（(][^（）()]{1,30}[）)])?$|^[" HAN "]{2,12}" PARTY "$" },
    { PATTERN_CENTRAL_AGENCY,
      "^(?:国家|全国|中国|中华人民共和国|国务院|中央|中共中央|最高人民|共青团中央|中华全国)"
      "|^(?:外交|国防|教育|科学技术|科技|工业和信息化|公安|民政|司法|财政|人力资源和?社会保障|"
      "自然资源|生态环境"
      "|住房和?城乡建设|交通运输|水利|农业农村|农业|商务|文化和旅游|文化|退役军人事务|应急管理|"
      "环境保护|国土资源|铁道|卫生)"
      "部(?:办公厅)?$"
      "|^(?:审计署|海关总署|(?:税务|市场监管|市场监督管理|体育|广电|民航|信访)总?局)(?:办公厅)?$" },

    { PATTERN_FUTURE,
      "(?:明年|后年|来年|届时|打算)"
      "|(?<![已先曾])(?<=[局委厅部办院市县区省州镇乡道司队心社馆校处所站位们府会团年后步步时还也均]"
      ")将(?!军|来|近|士|[0-9“《])"
      "|将(?:继续|进一步|会同|按照|积极|组织|主动|牵头|依托|督促|严格|认真|立即|全力|逐步|更加|"
      "持续|"
      "结合|尽快|着力|大力|充分|及时|定期|适时|不断|联合|重点|全面|切实|围绕|坚持|启动|实施|开展|"
      "加快|"
      "加大|加强|强化|深化|推进|推动|探索|争取|研究|新增|增设|改造|于|在|引导|支持|鼓励|安排|出台|"
      "制定|建立|"
      "完善|健全|提请|修订|编制|协调|配合|指导|落实|提升|提高|优化|扩大|增加|选派|开通|建设|打造|"
      "推广|推行|对接|"
      "申报|论证|评估|从|以|通过|根据|视|采取|邀请|充分|依法|把|会)"
      "|(?:年底|月底|月份?|季度|日|年|汛期|节)(?:之?前)(?!三|两|后|列|茅|期|往|述|身|提|景|来|年|["
      "0-9一二四五六])"
      "|(?<![0-9])到" B "(?:19|20)" D D "年"
      "|待[^，。；]{2,20}后[，,]?" },
    { PATTERN_PERFECT, "(?<![为除受])了(?!解|结|却|断|然)" },
    { PATTERN_COUNTED, D B "(?:余|多)?(?:万|亿|千)?(?:余|多)?(?:人次|户次|场次|平方米|平方公里|"
                           "公里|[场名个家件起次户处座台套亩人份元条项"
                           "例期张批万亿米吨辆]|％|%)" },
    { PATTERN_RULE,
      "(?:根据|按照|依据|依照)(?:《|国家|省|上级|现行|有关|相关|事权)|》第["
      "一二三四五六七八九十百零0-9]{1,6}条|"
      "(?:须|应当?|必须)(?:由|经|报|履行|办理|符合)|不得|不能用于|禁止|无权|没有[^，。；]{0,14}(?:"
      "规定|空间|依据|权限)|事权|属于[^，。]{2,20}(?:事项|范围|职责)" },
    { PATTERN_LAW, "》[^，。；]{0,14}(?:规定|明确|要求|对[^，。；]{1,25}[作做][了出])" },
    { PATTERN_INTENT,
      "会(?:安排|及时|尽快|认真|继续|积极|进一步|把|持续|努力|按|根据|定期|加[大快强])"
      "|(?:我们|我[局委院厅部行])会(?![同议计员长展见])"
      "|(?<![需必主重只])(?:要|准备|着手)(?:在|于|起草|制定|启动|组织|开展|完成|部署|达到)"
      "|(?<!告知|诚信|书面)承诺(?!制|书|函|事项|践诺|件|时限|期限|办)"
      "|用[一二两三四五六七八九十0-9到至]{1,5}(?:个月|年)左?右?的?时间"
      "|(?<![以此之目从])前(?:完成|恢复|建成|实现|投入|启用|开通|交付|全部|基本|出台|落实|全面|"
      "竣工)"
      "|考虑(?:在|将|把|适当|通过|从|采取|采用|引入|增加)"
      "|适当时候|(?:条件|时机)(?:成熟|具备|允许)"
      "|应([^，。；])尽\\1"
      "|(?:^|[，。；])(?:后期|下阶段|下半年|今年内|年内)" },
    { PATTERN_PLAN, "(?:^|[，。；：])(?:[（(]?[一二三四五六七八九十0-9]{1,2}[）)、.．]|["
                    "一二三四五六七八九][是要]|首先|其次|最后)?"
                    "(?:并|同时|进一步|持续|不断|积极|全面|切实|大力|着力|稳步|有序|加快|继续|认真|"
                    "及时|主动|统筹|重点|"
                    "逐步|逐年|分批|联合|共同|依法|深入|充分|努力|按规定|会同[^，。；]{1,12}|对[^"
                    "，。；]{2,24}，)*"
                    "(?:推[行进动广]|规范|完善|健全|建[立设]|构建|打造|改造|提[升高请]|优化|[强深]"
                    "化|加[强大快]|扩大|拓[宽展]|"
                    "落实|组织|开展|实施|制[定订]|出台|编制|修订|研究|探索|论证|争取|申报|引["
                    "导进入]|鼓励|支持|督促|指导|协调|"
                    "配合|安排|增[设加派]|新增|设[立置]|搭建|培[育养]|整[合治]|梳理|排查|查处|打击|"
                    "严[格控]|坚持|确保|保障|"
                    "[做办用抓管]好|创新|丰富|畅通|压[实缩]|细化|明确|调整|[纳列]入|发挥|盘活|利用|"
                    "依托|选派|聘请|宣传|普及|"
                    "开放|延长|简化|降低|减[轻少]|防范|化解|维护|保护|跟[进踪]|反馈|评估|对接)(?!["
                    "了过着]|[^，。；]{0,6}了)" },
    { PATTERN_OUTCOME,
      "得到了?(?:有效|明显|进一步|较好|全面|初步|显著|大幅|根本|极大)?地?"
      "(?:遏制|改善|提升|缓解|保障|解决|加强|控制|落实|提高|肯定|好评|优化|整治|修复)"
      "|成功(?:创建|入选|举办|申报|获批|争取|通过|处置|化解|引进|打造|举行|承办)"
      "|(?:获批|获评|荣获|被评|被列|被授|被命名|被确定)"
      "|焕然一新|取得[^，。；]{0,10}(?:成效|进展|效果|突破)"
      "|(?:彻底|基本|有效|圆满|得以|妥善)解决|初步(?:显现|形成|建立|建成)"
      "|(?:提高|提升|增加|增长|扩大|降低|下降|压缩|缩短|减少|降)[到至为]" B "[0-9]"
      "|(?:显著|明显|大幅)(?:提升|改善|提高|增强|好转|下降|减少|缓解|优化)"
      "|由[^，。；]{1,15}(?:提高|提升|增加|增长|增|上升|降低|下降|压缩|缩短|减少|降|升)[到至为]"
      "|(?:均已|全部|圆满|顺利|如期|提前)(?:完成|建成|投用|到位|办结|整改|销号|落实)"
      "|(?:通过|完成)[^，。；]{0,10}(?:验收|备案|招标|评审|审批|选址|改造|升级|编制|修订|整治|清理|"
      "搬迁|移交)"
      "|(?:上线|投用|投入使用|投入运营|开通运营|挂牌)(?=[，。；、])"
      "|[一二两三四五六七八九十0-9]年多?来|多年来|第一时间|(?:现|目前)(?:有|共有|建有|设有)" },
    { PATTERN_TROUBLE,
      "(?:不便|不均|不畅|不全|不足|不佳|不到位|不[健]全|不完善|不规范|不平衡|不均衡|不匹配|不明显|"
      "不突出|缺编|缺位|"
      "紧缺|紧张|短缺|匮乏|断裂|停工|闲置|荒废|破损|老旧|陈旧|老化|拥堵|堵塞|积水|排队|受限|偏["
      "远少小弱高低]|"
      "较[少低弱慢长窄大难]|狭窄|饱和|单一|零散|分散|滞后|脱节|加剧|流失|外流|萎缩|下滑|欠缺|缺失|"
      "严重|突出|薄弱|"
      "困难|尴尬|不高|不强|不大|不多|不一|不清|不够|走低|走弱|微薄|跟不上|留不住|招不到|有意见|难)("
      "?:至今|的问题|等问题|的情况|等情况)?(?=[，。；、])"
      "|(?:缺少|缺乏|不能满足|无法满足|难以|无法|尚处|仍处|有待|亟待|亟需|尚不|尚未|尚无|制约|"
      "受制于|限于|老大难|"
      "同质化|低于(?:国家|全国|全省|全市|平均|标准)|不[到足][一二三四五六七八九]成|"
      "起步阶段|初级阶段|仍(?:有|不|然|存在))"
      "|(?:率|度|水平|意识|能力|积极性|效率|收入|质量)(?:较|偏|普遍|仍|还)?[低弱差](?=[，。；、])"
      "|[^，。；、]{2,12}(?<![最许更很众])[多少](?=[，。；、])"
      "|距[^，。；]{2,16}(?:公里|米|小时|分钟)"
      "|需(?:要)?[^，。；]{0,10}(?:统筹|审批|批准|同意|表决|论证|层面)|须经|事关|重要(?:意义|"
      "组成部分)|宝贵" },
    { PATTERN_CONTACT_PHRASE,
      "[，,；;（(]?" B "(?<!举报|投诉|服务|咨询|热线|监督|报警|急救|求助|维权)"
      "(?:联" B "系" B "人|承" B "办" B "人|经" B "办" B "人|联系(?:电话|方式|手机)|电" B "话|手" B
      "机号?码?)"
      "(?:(?:及|和|与|、)(?:联系)?(?:电话|方式))?" B "(?:" COLON "|为|是|(?=" D "))" B
      "[^。；;，,）)：:]{1,30}"
      "(?:[，,；;、\\ \\x{3000}]{1,4}(?:联" B "系" B "人|联系(?:电话|方式|手机)|电" B "话|手" B
      "机号?码?|(?=" D "{3}))" B COLON "?" B "[^。；;，,）)：:]{1,30}){0,6}[）)]?" },
    { PATTERN_PHONE, "(?<![0-9０-９.])(?:[（(]?0[0-9]{2,3}[）)]?[-—－\\ "
                     "]?)?[0-9]{7,8}(?:[-—转][0-9]{1,6})?(?![0-9.％%])"
                     "|(?<![0-9０-９.．])(?:[（(]?０[０-９]{2,3}[）)]?[-—－\\ ]?)?[０-９]{7,8}(?![０-９．.％%])" },
    /* neither an amount (13800000000元) nor a code (编号13812345678) */
    { PATTERN_MOBILE, "(?<![0-9０-９A-Za-z.．])(?<!编号|编码|代码|单号|账号|帐号|证号)"
                      "(?<!(?:编号|编码|代码|单号|账号|帐号|证号)[：:])"
                      "(?:1[3-9][0-9][-—－\\ ]?[0-9]{4}[-—－\\ ]?[0-9]{4}|１[３-９][０-９]{9})"
                      "(?![0-9０-９A-Za-z]|[.．][0-9]|" B
                      "(?:[万亿元吨人户辆件册株度条]|平方|立方|公里|千瓦|[千公]克|米|％|%))" },
    { PATTERN_CONTACT_NAME,
      "(?:联" B "系" B "人|联" B "络" B "人|承" B "办" B "人员?|经" B "办" B
      "人员?|责任人|(?:分管|主管|责任|签发)领导|领导签发|承办负责人|签" B "发" B "人|"
      "联系(?:人|单位)(?:及|和|、)(?:联系)?(?:电话|方式)|承办人(?:及|和|、)(?:联系)?(?:电话|方式))" B
      "(?:" CELL "|(?=[\\ \\t\\x{3000}]))" B "(?<name>[^：:；;，,。（）()0-9０-９]{1,40})" },
    { PATTERN_CONTACT_PERSON,
      "(?:联系人?|咨询|询问|找|科|处|室|股|办|中心|队|局|所|站|与|和|请)(?!热线|举报|投诉|服务|"
      "咨询|监督|值班|办公|联系|公开|固定|报警|求助|维权)(?<name>[" SURNAME "][" HAN
      "]{1,2}?|(?:欧阳|上官|司马|诸葛|皇甫|尉迟|司徒|夏侯)[" HAN "]{1,2}?)"
      "(?:同志|先生|女士|科长|处长|主任|老师|股长)?(?:联系)?" B "(?:[（(，,、：:]?" B "(?:(?:联系)?(?:电" B
      "话|方式)|手" B "机|微信)(?:号码?)?" B COLON "?|[（(，,、：:]?)" B
      "(?=[（(]?0[0-9]{2,3}[）)]?[-—－\\ ]?[0-9]{7,8}(?![0-9])|1[3-9][0-9]{9}(?![0-9])|"
      "１[３-９][０-９]{9}|1[3-9][0-9][-—－\\ ]?[0-9]{4}[-—－\\ ]?[0-9]{4}(?![0-9]))" },
};
/* clang-format on */

static const char *const PIECE_NAMES[PIECE_COUNT] = {
    [PIECE_NAME] = "name",       [PIECE_CODE] = "code", [PIECE_YEAR] = "year",
    [PIECE_MONTH] = "month",     [PIECE_DAY] = "day",   [PIECE_NUMBER] = "number",
    [PIECE_LETTER] = "letter",   [PIECE_AREA] = "area", [PIECE_TERM] = "term",
    [PIECE_MEETING] = "meeting",
};

/* Steps a match may take: far above what real lines need, far below what hurts. */
#define MATCH_LIMIT 400000
#define GROUPS_MAX 16 /* groups of one name in one pattern */

struct compiled {
    pcre2_code *code;
    uint32_t groups[PIECE_COUNT][GROUPS_MAX]; /* 0 ends */
};

static struct compiled compiled[PATTERN_COUNT];
static pcre2_match_context *limits;
static enum status prepared = STATUS_OK;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void find_groups(struct compiled *target)
{
    uint32_t count = 0, size = 0;
    PCRE2_SPTR names = NULL;
    pcre2_pattern_info(target->code, PCRE2_INFO_NAMECOUNT, &count);
    pcre2_pattern_info(target->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info(target->code, PCRE2_INFO_NAMETABLE, &names);
    for (uint32_t i = 0; i < count; i++) {
        const unsigned char *entry = names + (size_t)i * size; /* two bytes of number, name, NUL */
        for (int piece = 0; piece < PIECE_COUNT; piece++) {
            if (strcmp((const char *)entry + 2, PIECE_NAMES[piece]) != 0)
                continue;
            uint32_t *groups = target->groups[piece];
            size_t used = 0;
            while (used < GROUPS_MAX && groups[used])
                used++;
            assert(used < GROUPS_MAX);
            groups[used] = ((uint32_t)entry[0] << 8) | entry[1];
        }
    }
}

static void prepare(void)
{
    limits = pcre2_match_context_create(NULL);
    if (!limits) {
        prepared = STATUS_NO_MEMORY;
        return;
    }
    pcre2_set_match_limit(limits, MATCH_LIMIT);
    pcre2_set_heap_limit(limits, 32 * 1024); /* KiB */

    for (size_t i = 0; i < sizeof(ROWS) / sizeof(ROWS[0]); i++) {
        struct compiled *target = &compiled[ROWS[i].pattern];
        int code = 0;
        PCRE2_SIZE offset = 0;
        target->code =
            pcre2_compile((PCRE2_SPTR)ROWS[i].expression, PCRE2_ZERO_TERMINATED,
                          PCRE2_UTF | PCRE2_EXTENDED | PCRE2_DUPNAMES | PCRE2_NEVER_BACKSLASH_C,
                          &code, &offset, NULL);
        if (!target->code) {
            assert(code == PCRE2_ERROR_HEAP_FAILED && "a pattern does not compile");
            prepared = STATUS_NO_MEMORY;
            return;
        }
        pcre2_jit_compile(target->code, PCRE2_JIT_COMPLETE); /* without JIT it is only slower */
        find_groups(target);
    }
}

enum status patterns_prepare(struct error *error)
{
    pthread_once(&once, prepare);
    if (prepared)
        return error_set(error, prepared, "out of memory while compiling patterns");
    return STATUS_OK;
}

static void take_piece(const struct compiled *pattern, enum piece piece, const PCRE2_SIZE *offsets,
                       uint32_t pairs, struct pattern_match *out)
{
    out->piece_start[piece] = out->piece_end[piece] = TEXT_NONE;
    for (size_t i = 0; i < GROUPS_MAX && pattern->groups[piece][i]; i++) {
        uint32_t group = pattern->groups[piece][i];
        if (group >= pairs || offsets[2 * group] == PCRE2_UNSET)
            continue;
        bool empty = offsets[2 * group] == offsets[2 * group + 1];
        if (out->piece_start[piece] != TEXT_NONE && empty)
            continue; /* of several groups of one name, one that took something */
        out->piece_start[piece] = offsets[2 * group];
        out->piece_end[piece] = offsets[2 * group + 1];
        if (!empty)
            return;
    }
}

bool pattern_find(enum pattern pattern, struct text subject, size_t start,
                  struct pattern_match *out)
{
    const struct compiled *row = &compiled[pattern];
    if (!row->code || start > subject.length)
        return false;
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(row->code, NULL);
    if (!data)
        return false;
    const char *bytes = subject.data ? subject.data : "";
    int result = pcre2_match(row->code, (PCRE2_SPTR)bytes, subject.length, start,
                             PCRE2_NO_UTF_CHECK, data, limits);
    if (result > 0 && out) {
        const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(data);
        out->start = offsets[0];
        out->end = offsets[1];
        for (int piece = 0; piece < PIECE_COUNT; piece++)
            take_piece(row, (enum piece)piece, offsets, (uint32_t)result, out);
    }
    pcre2_match_data_free(data);
    return result > 0;
}

bool pattern_test(enum pattern pattern, struct text subject)
{
    return pattern_find(pattern, subject, 0, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pairs cover the characters that the patterns and rules of this floor contain, no more: this
 * is for finding, not for showing or indexing (that is analysis/normalizer.h). Derived from
 * OpenCC's TSCharacters (Apache-2.0); sorted by their bytes. */
#include "indexer/reply/shadow.h"

#include "indexer/base/utf8.h"

/* what is written, what the patterns say: three bytes each */
static const char PAIRS[] =
    "○〇◯〇【〔】〕〖〔〗〕並并乾干佈布併并來来侷局係系們们備备傢家傳传億亿儘尽內内"
    "兩两別别劃划動动務务匯汇區区協协員员問问單单噹当嚮向國国圍围園园圖图團团垻坝埰采"
    "報报場场壩坝學学寀采實实寧宁審审將将專专對对導导屆届屬属廠厂廢废廣广廳厅張张彆别"
    "彔录彙汇後后復复徵征態态慶庆懇恳應应掃扫採采摯挚擊击擬拟敎教數数於于旂旗時时曏向"
    "書书會会朮术東东條条業业極极構构標标樹树機机檯台欄栏權权歡欢況况涼凉準准溝沟滙汇"
    "滿满濟济瀏浏為为無无熱热爭争爲为狀状現现環环產产産产甯宁當当發发盡尽監监眞真睏困"
    "碼码禮礼稅税稱称積积節节範范簽签籤签糰团糾纠約约紅红納纳級级組组結结絡络給给統统"
    "經经綫线維维網网緊紧線线編编緻致縣县總总繫系繼继續续纍累義义聞闻聯联聽听臨临臺台"
    "與与舉举舘馆華华萬万葦苇蓆席蓋盖處处號号術术衕同衚胡衛卫製制複复覆复覈核見见覽览"
    "計计訊讯記记訪访設设訴诉評评詞词詢询話话該该誌志認认誠诚說说説说請请諮咨謝谢謹谨"
    "識识議议護护讀读負负財财責责貴贵貿贸資资趙赵軍军輯辑輸输轄辖轉转辦办農农迴回連连"
    "進进遊游運运達达遞递適适選选還还邊边郵邮鄉乡醫医銀银銜衔錄录錯错録录錶表鍵键鎭镇"
    "鎮镇鏈链鐵铁門门閉闭開开間间閤合閱阅閲阅闆板關关隊队階阶險险雙双難难電电頁页頂顶"
    "項项順顺預预領领題题類类颱台館馆饋馈體体髮发鬍胡麪面麫面麵面黃黄點点黨党齣出﹙（"
    "﹚）﹝〔﹞〕［〔］〕";

#define PAIR_BYTES 6
#define PAIR_COUNT ((sizeof(PAIRS) - 1) / PAIR_BYTES)

static const char *replacement(const char *character)
{
    size_t low = 0, high = PAIR_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = memcmp(PAIRS + middle * PAIR_BYTES, character, 3);
        if (order == 0)
            return PAIRS + middle * PAIR_BYTES + 3;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

struct text shadow_of(struct text text, struct arena *arena)
{
    char *out = NULL;
    if (text.length == 0)
        return (struct text) { "", 0 };
    for (size_t at = 0; at < text.length;) {
        size_t length = utf8_length((unsigned char)text.data[at]);
        const char *other = length == 3 ? replacement(text.data + at) : NULL;
        if (other && !out) {
            out = arena_alloc(arena, text.length + 1);
            if (!out)
                return (struct text) { NULL, 0 };
            memcpy(out, text.data, text.length);
        }
        if (other)
            memcpy(out + at, other, 3);
        at += length;
    }
    return out ? (struct text) { out, text.length } : text;
}

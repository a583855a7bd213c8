//! Titles of items, and numbers that look like chance: all follow from a number.

/// A number that looks like chance and is the same every time (the finalizer of SplitMix64).
pub fn mixed(number: i64) -> i64 {
    let mut z = number.cast_unsigned().wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 1).cast_signed()
}

pub fn at<T>(list: &[T], place: i64) -> &T {
    &list[usize::try_from(place).expect("a place") % list.len()]
}

/// A title as plans have them: some 100,000 different ones.
pub fn title(number: i64) -> String {
    const PLACES: &str = "\
        临港区 滨海新区 老城区 高新区 北部山区 城南片区 沿河乡镇 空港园 东湖街道 西岭镇 中心城区 铁路沿线 开发区 农产品基地 物流园 大学城 采煤沉陷区 \
        古城 港池 工业园 环城带 新市镇 渔港 矿区";
    const VERBS: &str = "\
        新建 改造 淘汰 整治 推进 完成 启动 治理 修复 升级 开通 建成";
    const THINGS: &str = "\
        燃煤锅炉 污水处理厂 供热管网 农村道路 泊位 标准厂房 棚户区 学校 卫生院 养老院 公园绿地 雨污分流 河道 垃圾中转站 变电站 充电桩 冷链仓库 蔬菜大棚 \
        高标准农田 水库 堤防 桥梁 停车场 老旧小区 文化广场 体育场馆 图书馆 博物馆 孵化器 数据中心 基站 光伏电站 风电场 热电联产 除尘设施 脱硫装置 \
        扬尘工地 散乱企业 加油站 黄标车 排污口 湿地 造林地块 矿山复绿 饮水工程 危房 厕所 沼气池 电商站点 农贸市场 批发市场 公交站场 客运枢纽 铁路专用线 \
        航道 锚地 海关仓库 保税区 展览馆 会议中心";
    let one = |words: &str, place: i64| {
        let words: Vec<&str> = words.split_whitespace().collect();
        (*at(&words, mixed(place))).to_owned()
    };
    let place = one(PLACES, number * 7 + 3);
    let (verb, thing) = (one(VERBS, number * 11 + 5), one(THINGS, number * 13 + 7));
    let count = mixed(number * 17 + 11) % 90 + 10;
    format!("{place}{verb}{thing}{count}处")
}

//! Which column of the table is what: guessed from its heading, changed by the importer.

/// What a column may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Number,
    Area,
    Goal,
    Title,
    How,
    Sponsor,
    Lead,
    CoUnits,
    Owner,
    Start,
    Due,
    Target,
    Period,
    OwnRating,
    IndependentRating,
    Note,
    Skip,
}

impl Field {
    pub const ALL: &[Self] = &[
        Self::Number,
        Self::Area,
        Self::Goal,
        Self::Title,
        Self::How,
        Self::Sponsor,
        Self::Lead,
        Self::CoUnits,
        Self::Owner,
        Self::Start,
        Self::Due,
        Self::Target,
        Self::Period,
        Self::OwnRating,
        Self::IndependentRating,
        Self::Note,
        Self::Skip,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Area => "area",
            Self::Goal => "goal",
            Self::Title => "title",
            Self::How => "how",
            Self::Sponsor => "sponsor",
            Self::Lead => "lead",
            Self::CoUnits => "co-units",
            Self::Owner => "owner",
            Self::Start => "start",
            Self::Due => "due",
            Self::Target => "target",
            Self::Period => "period",
            Self::OwnRating => "own-rating",
            Self::IndependentRating => "independent-rating",
            Self::Note => "note",
            Self::Skip => "skip",
        }
    }

    /// Headings that mean the field, best first; a heading matches when it contains one.
    fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Number => &["编号", "編號", "item_id", "mlc id", "number"],
            Self::Area => &["area_title", "领域", "类别", "領域", "category", "area", "板块"],
            Self::Goal => {
                &["measure_title", "重点目标", "目标任务", "重点工作", "goal", "目标", "目標"]
            }
            Self::Title => &[
                "clause",
                "project_name",
                "commitment",
                "具体工作",
                "工作任务",
                "主要内容",
                "工作内容",
                "工作內容",
                "干什么",
                "幹什麼",
                "title",
                "任务",
            ],
            Self::How => &["推进措施", "落实措施", "具体措施", "怎么干", "怎麼幹", "措施", "how"],
            Self::Sponsor => {
                &["分包领导", "牵头领导", "责任领导", "包联领导", "分包領導", "sponsor"]
            }
            Self::CoUnits => &[
                "配合单位",
                "协办单位",
                "责任单位及配合",
                "配合單位",
                "all ministers",
                "配合",
                "co-units",
            ],
            Self::Lead => &[
                "牵头单位",
                "牵头部门",
                "责任单位",
                "主办单位",
                "牽頭單位",
                "谁来干",
                "誰來幹",
                "reporting lead",
                "department",
                "lead",
            ],
            Self::Owner => &["责任人", "責任人", "owner"],
            Self::Start => &["开始", "开工", "開始", "start_date", "start"],
            Self::Due => &[
                "deadline_iso_derived",
                "完成时限",
                "完成時限",
                "干成时限",
                "时间节点",
                "计划完成",
                "什么时间干成",
                "什么时候干成",
                "什麼時間幹成",
                "时限",
                "end_date",
                "due",
            ],
            Self::Target => &["年度目标值", "目标值", "目標值", "quantities", "target"],
            Self::Period => &["year", "期间"],
            Self::OwnRating => &["sro_rating"],
            Self::IndependentRating => &["ipa_rating"],
            Self::Note => &["description", "备注", "備註", "note"],
            Self::Skip => &[],
        }
    }
}

/// The field each column is taken for. No field but `Skip` and `Note` is given twice.
pub fn guess(header: &[String]) -> Vec<Field> {
    let mut fields = vec![Field::Skip; header.len()];
    let mut best: Vec<(usize, usize, Field)> = Vec::new();
    for (column, heading) in header.iter().enumerate() {
        let heading = heading.trim().to_lowercase();
        for field in Field::ALL {
            let exact = field.headings().iter().position(|known| *known == heading);
            let part = field.headings().iter().position(|known| {
                known.chars().count() > 1 && !known.is_ascii() && heading.contains(known)
            });
            if let Some(place) = exact.or(part.map(|place| place + 100)) {
                best.push((place, column, *field));
            }
        }
    }
    best.sort();
    for (_, column, field) in best {
        if fields[column] == Field::Skip && !fields.contains(&field) {
            fields[column] = field;
        }
    }
    fields
}

/// Reads a mapping from `number,skip,title,…`.
pub fn parse(text: &str, width: usize) -> Option<Vec<Field>> {
    let fields: Option<Vec<Field>> = text
        .split(',')
        .map(|word| Field::ALL.iter().copied().find(|field| field.word() == word.trim()))
        .collect();
    fields.filter(|fields| fields.len() == width)
}

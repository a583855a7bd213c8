//! Roles and powers: what kind of post this is, and so what it may do.

use serde::{Deserialize, Serialize};

/// What kind of post this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Role {
    /// 督查室: registers, assigns, reminds, verifies.
    Supervisor,
    /// Head of the supervision office: approves, decides extensions, archives.
    SupervisionHead,
    /// 领导: sponsors goals, decides.
    Leader,
    /// Head of a unit.
    UnitHead,
    /// 责任人: plans, reports, applies for closure.
    Cadre,
    /// 督导组: inspects on site.
    Inspector,
    /// 组织部.
    Organization,
    /// 调查机构: walled off from the surveyed.
    SurveyAgency,
    /// The three separated administrators.
    SystemAdmin,
    SecurityAdmin,
    AuditAdmin,
}

/// One thing a post may do beyond its part in a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Power {
    /// See every matter of the jurisdiction.
    ReadAll,
    /// Draft plans, goals and items anywhere, and import them.
    Register,
    Approve,
    Issue,
    Remind,
    /// Check reports and verify closings of others.
    Verify,
    /// Decide extensions, suspensions and waivers.
    Decide,
    Archive,
    /// Open and close units and posts, appoint and hand over.
    ManageUnits,
    /// Set passwords and make tokens.
    ManageAccounts,
    /// Read the journal.
    ReadJournal,
}

impl Power {
    /// The word under which rows keep it.
    pub fn word(self) -> &'static str {
        match self {
            Self::ReadAll => "read-all",
            Self::Register => "register",
            Self::Approve => "approve",
            Self::Issue => "issue",
            Self::Remind => "remind",
            Self::Verify => "verify",
            Self::Decide => "decide",
            Self::Archive => "archive",
            Self::ManageUnits => "manage-units",
            Self::ManageAccounts => "manage-accounts",
            Self::ReadJournal => "read-journal",
        }
    }
}

impl Role {
    /// Every role, in the order lists show them.
    pub const ALL: &[Self] = &[
        Self::Supervisor,
        Self::SupervisionHead,
        Self::Leader,
        Self::UnitHead,
        Self::Cadre,
        Self::Inspector,
        Self::Organization,
        Self::SurveyAgency,
        Self::SystemAdmin,
        Self::SecurityAdmin,
        Self::AuditAdmin,
    ];

    pub fn powers(self) -> &'static [Power] {
        use Power::{
            Approve, Archive, Decide, Issue, ManageAccounts, ManageUnits, ReadAll, ReadJournal,
            Register, Remind, Verify,
        };
        match self {
            Self::Supervisor => &[ReadAll, Register, Issue, Remind, Verify, ReadJournal],
            Self::SupervisionHead => {
                &[ReadAll, Register, Approve, Issue, Remind, Verify, Decide, Archive, ReadJournal]
            }
            Self::Leader => &[ReadAll, Remind],
            Self::Inspector => &[Verify],
            Self::SystemAdmin => &[ManageUnits],
            Self::SecurityAdmin => &[ManageAccounts],
            Self::AuditAdmin => &[ReadJournal],
            Self::UnitHead | Self::Cadre | Self::Organization | Self::SurveyAgency => &[],
        }
    }

    /// One of the three administrators who must be three different people.
    pub fn is_admin(self) -> bool {
        matches!(self, Self::SystemAdmin | Self::SecurityAdmin | Self::AuditAdmin)
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Supervisor => "supervisor",
            Self::SupervisionHead => "supervision-head",
            Self::Leader => "leader",
            Self::UnitHead => "unit-head",
            Self::Cadre => "cadre",
            Self::Inspector => "inspector",
            Self::Organization => "organization",
            Self::SurveyAgency => "survey-agency",
            Self::SystemAdmin => "system-admin",
            Self::SecurityAdmin => "security-admin",
            Self::AuditAdmin => "audit-admin",
        }
    }
}

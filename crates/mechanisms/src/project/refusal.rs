//! Why a key project says no.

use crate::{Day, Refuses};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotRegistered,
    AlreadyRegistered,
    NoPower,
    NotOfTheTeam,
    /// The one who ends it led it or was of its team.
    OwnProject,
    HasEnded,
    Changed {
        base: i64,
        now: i64,
    },
    TitleMissing,
    AimMissing,
    NoSuchUnit,
    NoSuchLeader,
    /// The post is not that of a leader.
    NotALeader,
    LeaderVacant,
    TeamMissing,
    NoSuchPost,
    TwiceInTeam,
    StartAfterDue,
    MeetingAhead,
    MeetingBefore {
        since: Day,
    },
    MeetingTaken {
        day: Day,
    },
    /// Minutes are recorded while people remember.
    RecordedLate {
        until: Day,
    },
    MoreSolvedThanRaised,
    TextMissing,
    DecisionWithoutText,
    DecisionDuePast {
        due: Day,
    },
    UnknownDecision,
    AlreadyAdopted,
    DecisionsOpen {
        count: usize,
    },
}

impl Refuses for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Self::NotRegistered => "refused-project-not-registered",
            Self::AlreadyRegistered => "refused-already-drafted",
            Self::NoPower => "refused-no-power",
            Self::NotOfTheTeam => "refused-not-of-the-team",
            Self::OwnProject => "refused-own-work",
            Self::HasEnded => "refused-project-ended",
            Self::Changed { .. } => "refused-changed",
            Self::TitleMissing => "refused-title-missing",
            Self::AimMissing => "refused-aim-missing",
            Self::NoSuchUnit => "refused-no-such-unit",
            Self::NoSuchLeader => "refused-no-such-leader",
            Self::NotALeader => "refused-not-a-leader",
            Self::LeaderVacant => "refused-leader-vacant",
            Self::TeamMissing => "refused-team-missing",
            Self::NoSuchPost => "refused-no-such-post",
            Self::TwiceInTeam => "refused-twice-in-team",
            Self::StartAfterDue => "refused-start-after-due",
            Self::MeetingAhead => "refused-meeting-ahead",
            Self::MeetingBefore { .. } => "refused-meeting-before",
            Self::MeetingTaken { .. } => "refused-meeting-taken",
            Self::RecordedLate { .. } => "refused-recorded-late",
            Self::MoreSolvedThanRaised => "refused-more-solved",
            Self::TextMissing => "refused-text-missing",
            Self::DecisionWithoutText => "refused-decision-without-text",
            Self::DecisionDuePast { .. } => "refused-decision-due-past",
            Self::UnknownDecision => "refused-unknown-decision",
            Self::AlreadyAdopted => "refused-already-adopted",
            Self::DecisionsOpen { .. } => "refused-decisions-open",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Changed { base, now } => {
                vec![("base", base.to_string()), ("now", now.to_string())]
            }
            Self::MeetingBefore { since } => vec![("since", since.to_string())],
            Self::MeetingTaken { day } => vec![("day", day.to_string())],
            Self::DecisionDuePast { due } => vec![("due", due.to_string())],
            Self::DecisionsOpen { count } => vec![("count", count.to_string())],
            Self::RecordedLate { until } => vec![("until", until.to_string())],
            _ => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        Some(match self {
            Self::TitleMissing => "title",
            Self::AimMissing => "aim",
            Self::NoSuchUnit => "unit",
            Self::NoSuchLeader | Self::NotALeader | Self::LeaderVacant => "leader",
            Self::TeamMissing | Self::TwiceInTeam => "team",
            Self::NoSuchPost => "present",
            Self::StartAfterDue => "due_on",
            Self::MeetingAhead
            | Self::MeetingBefore { .. }
            | Self::MeetingTaken { .. }
            | Self::RecordedLate { .. } => "held_on",
            Self::MoreSolvedThanRaised => "solved",
            Self::TextMissing => "text",
            Self::DecisionWithoutText | Self::DecisionDuePast { .. } => "decisions",
            _ => return None,
        })
    }
}

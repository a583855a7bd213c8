### 实干 Shigan: every text of every page, English. Written beside the Chinese, key by key.
### Style: plain, sentence case, verb first, 20 Nov, no exclamation marks. “Late” for time, “not
### compliant” for rules, “closed” for problems.

## Everywhere: the product, time, lists

product = 实干
product-latin = Shigan
page-title = { $page } · Shigan
skip = Skip to content
not-secret-1 = Non-classified system.
not-secret-2 = Never enter state secrets.
not-secret = Non-classified system. Never enter state secrets.
demo-data = Demo data
list-semicolon = {"; "}
list-clause = {", "}
list-comma = {", "}
list-stop = {". "}
colon = {": "}
none = none
nobody = nobody
no-data = No data
dash = —
yes = Yes
no = No
count-of = { $n }
of-whole = { $n } of { $whole }
percent = { $n }%

today = Today
today-line = { $weekday } { $day }
day-month-day = { $day } { $month }
day-full = { $day } { $month } { $year }
month-name = { $month }
month-year = { $month } { $year }
year-of = { $year }
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
left-today = Today
left-days = { $n } { $n ->
    [one] day
   *[other] days
 } left
late-days = { $n } d late
early-days = { $n } d early
days-passed = { $n } { $n ->
    [one] day
   *[other] days
 } past
days = { $n } { $n ->
    [one] day
   *[other] days
 }
workdays = { $n } working { $n ->
    [one] day
   *[other] days
 }
as-of = As of { $time }
provisional = Holidays for this day are not published yet; weekends assumed
from-to = { $from } to { $to }

## Everywhere: buttons and small words

add = Add
ask = Submit
back = Back
cancel = Cancel
change = Change
choose = Choose
clear-filters = Clear all filters
close = Close
copy = Copy
copied = Copied
details = Details
download = Download
download-csv = Download CSV
download-xlsx = Download Excel
edit = Edit
export = Export
find = Find
first-page = First page
last-page = Last page
more = More
new = New
next-page = Next page
next-step = Next
open = Open
page-of = Page { $page } of { $pages }
pager = Pages
previous-page = Previous page
previous-step = Back
print = Print
remove = Remove
remove-filter = Remove “{ $name }”
reason = Reason
rows-of = Rows { $from } to { $to } of { $total }
save = Save
saved-draft = Draft saved
saving = Saving
send = Submit
show-all = Show all
sort-by = Sort
sorted-up = ascending
sorted-down = descending
stop = Stop
submitting = Submitting
table-of-data = Data table
text = Text
undo = Undo
undo-within = Can be undone within { $time }
view = View
where-am-i = You are here
all = All
not-set = Not set
optional = Optional
required = Required
filter = Filter
filter-bar = Filters
filtered-by = Filters: { $filters }.
actions = Actions
selected = { $n } selected
select-all = Select all
select-row = Select this row
select-none = Clear selection
out-of-view = No longer in this view
just-updated = Just updated
not-saved = Not saved
try-again = Try again

## The shell

nav-main = Main
nav-bottom = Bottom
nav-discipline = Discipline
nav-guidance = Policy
nav-supervision = Supervision
nav-voice = Public voice
nav-system = System
nav-overview = Overview
nav-todo = My tasks
nav-plan = Run chart
nav-meetings = Weekly meetings
nav-units = Units and people
nav-imports = Import, export
nav-journal = Audit log
nav-all = All
nav-close = Close navigation
tab-overview = Overview
tab-todo = Tasks
tab-plan = Chart
tab-units = Units
tab-imports = Import
tab-journal = Log
tab-all = All
search = Search
search-label = Search items, units, numbers
theme-switch = Switch light or dark
theme-light = Light
theme-dark = Dark
language = 语言 Language
my-account = My account
scope-choose = Change the year
act-as = Act as { $post }
sign-out = Sign out
waiting-count = Notices, { $n } waiting for you
notices = Notices
keys = Keyboard
keys-title = Keys
key-search = Search
key-next = Next row
key-previous = Previous row
key-open-goal = Open
key-close-goal = Close
key-open = Open
key-select = Select
key-remind = Remind
key-escape = Close, back to the row
key-help = This list
keys-off = Turn single-letter keys off
keys-on = Turn single-letter keys on
draft-found = A draft from { $time } is on this device
draft-restore = Go on with it
draft-drop = Drop it
draft-kept = Kept on this device
offline = No network; what you enter stays on this device
offline-waiting = { $n } on this device, to be sent when online
script-off-print = Use the browser’s print command

## Lights

light = Light
light-late = Red
light-warn = Amber
light-ok = On time
light-done = Done
light-idle = Not started
light-hold = On hold
light-urgent = Red and amber
light-count-late = Red { $n }
light-count-warn = Amber { $n }
light-count-ok = On time { $n }
light-count-done = Done { $n }
light-count-idle = Not started { $n }
light-count-hold = On hold { $n }
rule-milestone = Milestone missed
rule-forecast = Forecast late
rule-latest-start = Latest start past
rule-deadline = Deadline
rule-lag = Behind the plan
rule-report = Reports on time
rules-version-short = Rules version { $n }
rules-version = Rules version { $version }, from { $day }

## The life of an item

stage-draft = Draft
stage-submitted = Awaiting approval
stage-approved = To be issued
stage-issued = To be signed for
stage-signed = Awaiting plan
stage-plan-proposed = Plan to approve
stage-under-way = Under way
stage-suspended = On hold
stage-closing-applied = Closure applied for
stage-done = Done
stage-archived = Archived
stage-waived = Waived
stage-withdrawn = Withdrawn
standing-draft = Not issued
standing-open = Open
standing-hold = On hold
standing-done = Done
standing-gone = Dropped
timeliness = Timeliness
timeliness-done-on-time = Done on time
timeliness-done-late = Done late
timeliness-not-yet-due = Not yet due
timeliness-overdue = Overdue
timeliness-undated = No deadline
level-nudge = Nudge
level-urge = Reminder
level-urge-hard = Urgent reminder
level-order = Supervision order
todo-approve = Approve
todo-issue = Issue
todo-sign = Sign for
todo-plan = Propose a plan
todo-approve-plan = Approve the plan
todo-report = Report progress
todo-verify = Verify closure
todo-archive = Archive
todo-answer = Answer reminder
todo-decide-extension = Decide extension
todo-answer-three = Answer the three
todo-check = Check report
missing-what = what
missing-how = how
missing-lead-unit = the lead unit
missing-owner = the owner
missing-owner-vacant = a person in the owner’s post
missing-by-when = by when

## Units, posts, powers

unit-kind-root = The body itself
unit-kind-leadership = Leadership
unit-kind-county = County
unit-kind-zone = Zone
unit-kind-department = Department
unit-kind-enterprise = Enterprise or institution
unit-kind-section = Section
role-supervisor = Supervision officer
role-supervision-head = Head of supervision
role-leader = Leader
role-unit-head = Head of unit
role-cadre = Owner
role-inspector = Inspector
role-organization = Organization department
role-survey-agency = Survey agency
role-system-admin = System administrator
role-security-admin = Security administrator
role-audit-admin = Audit administrator
power-read-all = See every matter
power-register = Register
power-approve = Approve
power-issue = Issue
power-remind = Remind
power-verify = Check and verify
power-decide = Decide extensions and holds
power-archive = Archive
power-manage-units = Manage units and posts
power-manage-accounts = Manage accounts
power-read-journal = Read the audit log

## Signing in

sign-in = Sign in
sign-in-title = Sign in
login = Account
password = Password
sign-in-wrong = The account or password is wrong
sign-in-wrong-left = The account or password is wrong; { $n } more { $n ->
    [one] try
   *[other] tries
 }
sign-in-locked = Too many tries; wait { $n } { $n ->
    [one] minute
   *[other] minutes
 }
sign-in-no-post = You hold no post now; ask your unit’s administrator
sign-in-sso = Use single sign-on
sign-in-or = or an account of this system
forgotten = Forgotten: the security administrator can reset it
signed-out = Signed out
session-over = Signed out after a long pause. What you entered is still on this device
demo-doors = Demo accounts: one click signs in
four-what = What
four-how = How
four-who = Who
four-when = By when

## First use

first-run = First use
first-run-later = Later
first-run-steps = Steps
first-run-saved = Saved automatically { $time }
first-body = The body
first-body-about = whose system this is
first-units = Units and accounts
first-units-about = body, administrators, office
first-import = Import the run chart
first-import-about = columns and checks
first-chain = Responsibility chain
first-chain-about = who answers to whom
first-rules = Rules and reminders
first-rules-about = when lights turn
first-start = Start
first-quiet = Nobody is notified during set-up
body-name = Name
body-name-hint = e.g. Demo City
body-code = Division code
body-code-hint = Leave empty if there is none
admin-system = System administrator
admin-system-about = Manages units, posts and people; sees no matters
admin-security = Security administrator
admin-security-about = Manages accounts and passwords; sees no matters
admin-audit = Audit administrator
admin-audit-about = Reads the audit log only
admin-three = Three separate people, never one in two posts
person-name = Name
first-password = First password
first-password-hint = At least 8 characters; change it after the first sign-in
first-found = Create
first-units-lede = Say whose system this is, who manages it, and who registers and reminds. Other units can come with the import, or later.
first-supervision = Supervision office
first-supervision-about = registers, reminds and verifies
first-unit-name = Unit
first-head = Head
first-admins = Three administrators
first-next = Create, then import the run chart
first-next-hint = You will be signed in as the head of supervision
first-rules-version = Version { $version }, from { $day }
first-rules-lede = These are the rules now. To change them, save a new version with its first day.
first-rule = Rule
first-rule-yellow = Amber
first-rule-red = Red
first-rule-never = never
first-chain-go = Open the chain
limit-milestone = { $n } d past
limit-forecast = forecast { $n } d late
limit-latest-start = latest start { $n } d past
limit-latest-start-before = { $n } working days before the latest start
limit-deadline = { $n } d past the deadline
limit-deadline-before = { $n } working days before the deadline
limit-lag = { $n } points behind
limit-report = { $n } working days overdue
first-start-lede = Nobody receives anything before you issue.
first-done = All set
first-start-go = Open the run chart

## When something does not open

error-title = This page did not open
error-title-not-found = There is no such page
error-title-not-yours = This page is not open to you
error-title-refused = This step was refused
error-sign-in = Please sign in first
error-not-found = There is no such page, or it is not open to you.
error-not-yours = Your present post does not have this power.
error-failed = Something went wrong on our side; you did nothing wrong.
error-kept = What you entered is kept on this device and can be resumed.
error-unreadable = One entry could not be read. Change it and send again.
error-again = Try again
error-home = Overview
error-back = Back
error-tell = If it still does not open, give the administrator this number:
error-summary = { $n } { $n ->
    [one] entry needs
   *[other] entries need
 } a change
conflict-title = Somebody changed this after you opened it
conflict-who = { $who } changed it { $when }. Your changes are not saved yet, and not lost
conflict-field = Field
conflict-was = Before
conflict-now = Now
conflict-yours = Yours
conflict-save = Save as chosen
conflict-drop = Drop my changes
conflict-record = See the whole record
conflict-merged = Fields changed by one side only are merged already
unreadable-number = Enter a number
unreadable-day = Enter a date such as 2015-11-30
unreadable-empty = This is empty
unreadable-milestone = “{ $found }” could not be read: one a line, the date first, e.g. 2015-07-31 First batch 400
unreadable-post = There is no post “{ $found }”
unreadable-unit = There is no unit “{ $found }”
unreadable-choice = Choose from the list
unreadable-file = This file cannot be read
too-large = The file is too large; at most { $n } MB
wrong-type = Files of this type cannot be uploaded

## Nothing here

empty-title = No work yet
empty-text = Import a year’s plan from Excel, or register one item first.
empty-filtered = No work matches
empty-todo = Nothing waits for you
empty-todo-text = New sign-offs, reports and approvals will appear here.
empty-search = Nothing found for “{ $q }”
empty-search-text = Try another word, or a number such as 27-1.
empty-reports = No progress report yet
empty-reminders = No reminder so far
empty-journal = No entry matches
empty-import = Import from Excel

## Overview

overview-lede = Of { $items } work items <done>{ $done } are done</done>, <late>{ $late } are red</late> and <warn>{ $warn } are amber</warn>. <todo>{ $todo } { $todo ->
    [one] matter waits
   *[other] matters wait
 }</todo> for you today.
overview-lede-empty = This year’s plan has not been issued yet.
strand-policy = Policy
strand-policy-mark = 策
strand-policy-about = { $goals } goals, { $items } items
strand-policy-sum = { $done } done, { $ok } on time
strand-policy-bar = { $done } done, { $ok } on time, { $warn } amber, { $late } red, { $hold } on hold, { $idle } not started
strand-late-warn = Red / amber
strand-overdue = Overdue
strand-waiting-sign = To be signed for
strand-reports-due = Reports due this week
decide-today = To decide today
decide-all = All tasks
decide-go = Review
already-late = Already late
see-list = List
see-chart = Run chart
trend-title = Red and amber items
trend-about = last { $n } weeks
trend-weekly = By week
trend-label = Over { $weeks } weeks red went from { $late0 } to { $late1 } and amber from { $warn0 } to { $warn1 }
trend-label-empty = No weekly data yet
trend-late = Red { $n }
trend-warn = Amber { $n }
trend-week = { $day }: red { $late }, amber { $warn }
timeliness-title = Timeliness
timeliness-about = by the deadline first issued
carried-over = Carried over
this-year = New this year
brief-print = Morning brief
units-most-late = Units with most red

## To do

todo-lede = <all>{ $n } { $n ->
    [one] matter waits
   *[other] matters wait
 }</all> for you, <late>{ $late } past the deadline</late>.
todo-lede-none = Nothing waits for you.
todo-overdue = Past the deadline
todo-today = Today
todo-week = Within seven days
todo-later = Later
todo-what = To do
todo-matter = Matter
todo-since = With you since
todo-due = Due
todo-waited = waiting { $n } d

## Run chart, list, chain

plan-title = Run chart
plan-lede = What, how, who, by when. { $goals } goals, { $items } items, <late>{ $late } red</late>, <warn>{ $warn } amber</warn>.
list-lede = { $n } { $n ->
    [one] item
   *[other] items
 }.
plan-import = Import
plan-print = Wall chart
plan-new-item = New item
plan-new-goal = New goal
plan-as-of = See a past day
plan-coverage = Coverage and orphans
views = View
view-chart = Chart
view-list = Table
view-chain = Chain
filter-urgent-goals = Goals with red or amber
filter-area = Area
filter-sponsor = Sponsor
filter-lead = Lead unit
filter-owner = Owner
filter-light = Light
filter-stage = Stage
filter-timeliness = Timeliness
sort-urgent = Most urgent first
sort-number = By number
zoom = Time scale
zoom-month = Month
zoom-quarter = Quarter
zoom-half = Half
zoom-year = Year
chart-table = Goals and items
chart-label = Time line of the run chart; the same data as the table on the left
chart-empty = Time line of the run chart; no items
chart-bar = { $number } { $title }: planned { $due }, forecast { $forecast }
chart-bar-undated = { $number } { $title }: no deadline
chart-bar-done = { $number } { $title }: planned { $due }, done { $done }
head-what = What
head-who = Who
head-progress = Done
head-due = By when
head-forecast = Forecast
head-goal = Goal
head-item = Item
head-number = No.
head-stage = Stage
head-owner = Owner
head-lead = Lead unit
head-sponsor = Sponsor
head-light = Light
slip-done = done
slip-none = on time
slip-late = +{ $n } d
slip-early = −{ $n } d
legend-done-forecast = Spent / forecast
legend-baseline = Baseline
legend-over = Forecast past the deadline
legend-latest-start = Latest start
legend-milestone = Milestone
legend-keys = J / K move, → open, Enter read, R remind
open-goal = Open
close-goal = Close
goals-more = Further goals
pop-latest-start = Latest start
pop-forecast = Forecast
pop-planned = planned { $day }
pop-stuck = stuck here
pop-why = Why { $light }
chain-title = Responsibility chain
chain-lede = { $sponsors } sponsors, { $items } items.
chain-none = No sponsor
chain-no-lead = No lead unit
chain-no-owner = No owner
coverage-title = Coverage and orphans
coverage-units = { $n } units have work, { $rest } have none
coverage-orphans = { $n } items without an owner or a lead unit
wall-chart = Wall chart
wall-compiled = Compiled: { $who }
wall-approved = Approved: { $who }
wall-issued = Issued: { $who }
wall-printed = Printed: { $day }  No. { $n }

## A goal, an item

goal = Goal
goal-new = New goal
goal-area = Area
goal-title = Goal
goal-number = Number
goal-items = { $n } { $n ->
    [one] item
   *[other] items
 }
item = Item
item-new = New item
item-edit = Change the item
item-light-late = Red, forecast { $n } d late
item-light-overdue = Red, { $n } d late
item-light-warn = Amber, forecast { $n } d late
item-what = What
item-how = How
item-who = Who
item-when = By when
item-forecast = Forecast
forecast = Forecast
due = Deadline
item-no-forecast = No report yet, so no forecast
item-title = Title
item-what-hint = What will be true when it is done, in figures where possible
item-target = Target
item-target-unit = Unit
item-target-hint = e.g. 1026 boilers; leave empty to report in per cent
item-how-hint = One measure a line
item-lead = Lead unit
item-lead-hint = Type a few letters; exactly one
item-co-units-hint = Separate several with 、
item-co-units = Co-units
item-sponsor = Sponsoring leader
item-owner = Owner
item-owner-hint = A post, not a name
item-watcher = Watcher
item-start = Start
item-due = Deadline
item-due-hint = e.g. 2015-11-30
item-due-never = No deadline
item-due-never-reason = Why there is no deadline
item-best-pace = Best pace a week
item-best-pace-hint = The latest start is counted back with it
item-report-every = Days between reports
item-number = Number
item-goal = Under which goal
item-parent = Item above
item-children = Broken down to
item-why = Why { $light }
item-why-rules = { $n } { $n ->
    [one] rule holds
   *[other] rules hold
 }; one is enough
item-why-none = No rule holds
item-why-last = To finish in time:
item-pace-needed = { $needed } a week, { $times } times the pace of the last 4 weeks.
item-pace-needed-none = { $needed } a week; nothing moved in the last 4 weeks.
why-milestone-past = “{ $title }” was due { $on }, { $n } d ago
why-milestone-ahead = Next milestone “{ $title }”, { $on }, in { $n } d
why-forecast-past = { $pace } { $unit } a week over 4 weeks, { $left } { $unit } left: forecast { $on }, { $n } d late
why-forecast-ahead = { $pace } { $unit } a week over 4 weeks, { $left } { $unit } left: forecast { $on }, in time
why-latest-start-past = At most { $best } { $unit } a week: latest full start { $on }, { $n } d past
why-latest-start-ahead = At most { $best } { $unit } a week: latest start { $on }, { $n } working days left
why-deadline-past = Deadline { $on }, { $n } d late
why-deadline-ahead = Deadline { $on }, { $n } working days left
why-lag = Planned { $planned }%, done { $done }%, { $n } points behind
why-report-past = Report was due { $on }, { $n } working days ago
why-report-ahead = Reports on time, next by { $on }
verdict-late = { $light }, forecast { $n } d late
recover = { $needed } { $unit } a week; the last 4 weeks made { $pace } { $unit }: { $times } times the pace.
recover-plain = { $needed } { $unit } a week.
overdue-days = { $n } d overdue
curve-title = Cumulative progress
curve-about = { $unit }, checked reports
curve-label = Cumulative: planned to reach { $target } by { $planned }; { $amount } by { $today }; forecast { $forecast }
curve-label-no-forecast = Cumulative: planned to reach { $target } by { $planned }; { $amount } by { $today }; no forecast yet
curve-label-no-plan = Cumulative: target { $target }; { $amount } by { $today }
curve-plan = Plan
curve-actual = Actual
curve-done = { $n } done
curve-due = Deadline { $day }
curve-forecast = Forecast { $day }
milestones = Milestones
milestones-about = { $n }, { $done } reached
milestone-number = No.
milestone = Milestone
milestone-planned = Planned
milestone-actual = Actual
milestone-slip = Slip
milestone-amount = Cumulative
milestone-forecast = forecast { $day }
milestone-overdue = { $n } d overdue
milestone-will-late = will be { $n } d late
milestone-early = { $n } d early
milestone-late = { $n } d late
milestone-on-time = on time
milestones-hint = One a line: title, date, cumulative amount
backward = Backward schedule
reports = Progress reports
reports-about = { $n } { $n ->
    [one] report
   *[other] reports
 }
reports-all = All reports
report-number = Report { $n }
report-checked = Checked
report-unchecked = To be checked
report-returned = Sent back
report-corrected = Corrected
report-sound = Sound
report-send-back = Send back
report-sum = This time { $delta }, in all { $amount }
reminders = Reminders
reminders-about = { $n }
reminder-signed = Signed for
reminder-answered = Answered
reminder-sent = To be signed for
reminder-unanswered = To be answered
reminder-to = To { $who }
reminder-text = What is asked
reminder-level = Level
reminder-answer-due = Answer by
reminder-next = Unanswered, the next step is: { $level }
record = Record
record-about = append-only
record-all = All { $n } entries
record-automatic = computed
baseline = Baseline
baseline-save = Save as baseline
history-as-of = As it was on { $day }
extension = Extension
extension-ask = Ask for more time
extension-new-due = Until
extension-schedule = New backward schedule
extension-hint = Without a new backward schedule this cannot be sent
extension-asked = Asked to move to { $day }
extension-granted = Granted
extension-refused = Refused
three = The three questions
three-ask = Ask for progress, breakthrough, result
three-progress = Progress
three-breakthrough = Breakthrough
three-result = Result
three-due = Answer by { $day }
hand-over = Hand over
second-person = Somebody else must do this: you are already { $role }
second-person-applied = the one who applied for closure
second-person-reported = the one who reported
second-person-chain = in the chain of responsibility
closing = Closure
closing-text = How it was done
closing-evidence = Evidence
evidence = Evidence
evidence-name = Name
evidence-reference = Document number or place
evidence-file = File
evidence-true = true for { $day }
evidence-true-for = True for which day
evidence-received = Received { $day }
evidence-hint = A photo is never required. Do not upload secrets

## Moves on an item: buttons, and what was said afterwards

do-report = Report progress
step-submission = Send for approval
step-approval = Approve
step-return = Return
step-issue = Issue
step-signature = Sign for it
step-objection = Object
step-plan = Propose a plan
step-plan-approval = Approve the plan
step-plan-return = Return the plan
step-reminder-answer = Answer the reminder
step-reminder-signature = Sign for the reminder
step-three-answers = Answer the three
step-extension-decision = Decide extension
step-verification = Verify closure
step-closing-return = Return for rectification
step-check = Check report
step-closing = Apply for closure
step-extension = Ask for more time
step-reminder = Remind
step-three = Ask for progress, breakthrough, result
step-suspension = Put on hold
step-resumption = Resume
step-archive = Archive
step-waiver = Waive
step-withdrawal = Withdraw
step-baseline = Save as baseline
step-sure = Nothing to fill in; confirm to proceed.
given-reason = Reason
given-text = Text
given-milestones = Milestones
given-best_pace = Best pace a week
given-level = Level
given-answer_due = Answer by
given-due_on = Deadline
given-granted = Decision
given-sound = Finding
given-progress = Progress
given-breakthrough = Breakthrough
given-result = Result
given-evidence = Evidence
given-true_for = True for which day
given-hint-reason = Say why
given-hint-text = A sentence or two
given-hint-milestones = One a line, the date first, e.g. 2015-07-31 First batch 400; the amount may be left out
given-hint-best_pace = The latest start is counted back with it
given-hint-level = Only upwards
given-hint-answer_due = e.g. 2015-11-25
given-hint-due_on = e.g. 2015-12-15
given-hint-granted = {""}
given-hint-sound = {""}
given-hint-progress = How far it is
given-hint-breakthrough = How the obstacle was passed
given-hint-result = What can be seen
given-hint-evidence = One a line: a document and where it is kept; a photo is never required
given-hint-true_for = e.g. 2015-11-20
given-yes-granted = Grant
given-no-granted = Refuse
given-yes-sound = Sound
given-no-sound = Send back
part-title = Title
part-what = What will be true
part-target = Target
part-unit = Unit
part-how = Measures
part-lead = Lead unit
part-co_units = Co-units
part-sponsor = Sponsoring leader
part-owner = Owner
part-watcher = Watcher
part-start_on = Start
part-due_on = Deadline
part-no_due = Why no deadline
part-milestones = Milestones
part-best_pace = Best pace a week
part-number = Number
part-goal = Under which goal
said-drafted = { $number } registered
said-amended = Saved
said-submitted = Sent for approval
said-returned = Returned
said-approved = Approved
said-issued = Issued, to be signed for by the lead unit
said-signed = Signed for
said-objected = Objection recorded
said-plan-proposed = Plan proposed
said-plan-returned = Plan returned
said-plan-approved = Plan approved
said-reported = Reported, to be checked
said-corrected = Corrected
said-checked = Checked
said-reminded = Reminder sent
said-reminder-signed = Reminder signed for
said-reminder-answered = Answered
said-extension-asked = Extension asked for
said-extension-granted = Extension granted
said-extension-refused = Extension refused
said-suspended = On hold
said-resumed = Resumed
said-three-asked = Asked
said-three-answered = Answered
said-closing-applied = Closure applied for, to be verified outside the chain
said-closing-returned = Returned for rectification
said-verified = Closed
said-archived = Archived
said-waived = Waived
said-withdrawn = Withdrawn
said-handed-over = Handed over
said-baseline-saved = Baseline saved
said-undone = Undone
said-imported = { $n } rows imported

## Progress report

report-title = Report progress
report-before = Due { $day } 24:00
report-this-time = In all, to date
report-since = Last reported { $n }
report-amount = In all
report-rest = { $n } to go
report-reached = Milestones reached
report-text = What was done
report-text-hint = A sentence or two
report-stuck = Where it is stuck
report-stuck-hint = Leave empty if nowhere
report-needs = Whose help is needed
report-evidence = Evidence
report-evidence-hint = Optional. A photo is never required
report-photo = Photo
report-less = Less 1
report-more = More 1
report-send-to = Submit to { $who }
report-correct = Correct the last report instead of adding one
report-send = Submit
report-offline = Works without a network; sent when online
report-not-secret = Do not upload secrets. Photos keep time and place
report-queued = on this device
report-sending = sending
report-received = received

## Units and people

units-title = Units and people
units-lede = { $units } units, { $posts } posts, { $people } people in post.
units-lede-vacant = { $units } units, { $posts } posts, <vacant>{ $vacant } vacant</vacant>.
unit = Unit
unit-name = Name
unit-code = Code
unit-kind = Kind
unit-parent = Under
unit-from = Opened
unit-to = Closed
unit-open = Open a unit
unit-close = Close the unit
unit-rename = Rename
unit-move = Move
unit-closed-on = closed { $day }
posts = Posts
post = Post
post-title = Title
post-role = Role
post-head = Heads the unit
post-open = Open a post
post-close = Close the post
post-vacant = vacant
post-holder = Holder
post-since = since { $day }
post-former = Former holders
post-bears = bears { $n }
people = People
person = Person
person-register = Register a person
appoint = Appoint
appoint-from = From
dismiss = Dismiss
dismiss-on = Last day
hand-over-to = Hand over to
hand-over-day = Day of hand-over
hand-over-note = { $n } items go with the post; none is left without somebody
account = Account
account-set-password = Set password
account-login = Login
account-token = API token
account-token-new = New token
account-token-once = The token is shown only once; keep it
account-token-revoke = Revoke
powers = Powers

## Import

import-title = Import the run chart
import-lede = Choose an .xlsx or .csv file. Match the columns, check, confirm; nothing is written before that.
import-file = File
import-upload = Upload
import-another = Another file
import-template = Template
import-read = { $file }, sheet “{ $sheet }”, { $rows } rows, { $columns } columns.
import-found = Found { $goals } goals and { $items } items.
import-columns = Columns
import-columns-about = { $n } matched
import-column = Column in the file
import-row = Row { $n }
import-becomes = Field here
import-maps = { $column } becomes
import-skip-column = Do not import
import-report = Check
import-good = { $n } rows ready
import-warned = { $n } with notes
import-wrong = { $n } with errors
import-bar = { $good } rows ready, { $warned } with notes, { $wrong } with errors
import-level = Level
import-place = Place
import-place-many = Row { $row } and { $n } in all
import-where = Column
import-issue = Issue
import-advice = Advice
import-take = Take
import-fill = Fill in
import-annotated = Download the annotated Excel
import-skip-wrong = Skip the { $n } rows with errors for now
import-result = What you will get
import-result-goals = goals in { $n } areas
import-result-items = items for { $n } lead units
import-result-milestones = milestones, scheduled backwards
import-result-notices = notices. Nobody is notified before the chain is confirmed
import-undo-day = The whole import can be undone within 24 hours
import-check = Check
import-go = Import { $n } rows
import-undo = Undo this import
import-undo-until = Can be undone until { $time }
import-undone = Undone
import-past = Past imports
import-when = When
import-by = By
import-amount = Rows
field-number = Number
field-area = Area
field-goal = What (goal)
field-item = What (item)
field-what = What (when done)
field-target = Target
field-unit = Unit
field-how = How
field-sponsor = Who (sponsor)
field-lead = Who (lead unit)
field-co-units = Who (co-units)
field-owner = Who (owner)
field-watcher = Who (watcher)
field-start = Start
field-due = By when
field-progress = Done
field-status = Status
field-note = Note
issue-empty = Empty
issue-not-a-day = “{ $value }” is not a date
issue-month-end = “{ $value }” read as the last day of the month
issue-no-deadline = “{ $value }” read as no deadline
issue-unknown-unit = “{ $value }” is not in the list of units
issue-other-name = “{ $value }” differs from the list of units
issue-many-owners = “{ $value }” names { $n } units; the first leads
issue-unknown-post = There is no post “{ $value }”
issue-number-taken = Number { $value } is taken
issue-number-given = No number; numbered { $value } in order
issue-no-goal = No goal; put under the goal above
issue-too-long = More than { $n } characters
issue-not-a-number = “{ $value }” is not a number
export-title = Export
export-plan = Run chart (Excel)
export-plan-csv = Run chart (CSV)
export-journal = Log (verifiable offline)
export-wall = Wall chart (A3)

## The journal

journal-title = Audit log
journal-lede = { $n } entries, append-only. See <proof>the latest signature</proof>.
journal-number = No.
journal-when = When
journal-who = Who
journal-what = What
journal-matter = Matter
journal-hash = Fingerprint
journal-proof = Proof
journal-proof-of = Proof of entry { $n }
journal-proof-text = With these lines another machine can verify that the entry is under the signature and unchanged.
journal-checkpoint = Signed checkpoint
journal-root = Root
journal-leaf = This entry
journal-path = Path
journal-download = Download the log for offline verification
journal-verify = How to verify
journal-broken = Does not match what the signature covers
journal-entry = Entry
journal-size = Entries under the signature
entry-turn = Turn
entry-at = Received
entry-day = Day
entry-post = Post
entry-kind = Matter
entry-act = Fact
entry-commitment = Fingerprint of the content
journal-verified = Checked, intact
journal-first = Oldest
journal-last = Newest
kind-roster = Units and people
kind-plan = Annual plan
kind-goal = Goal
kind-item = Item
kind-project = Key project
kind-intake = Import

## Search

search-title = Search
search-found = “{ $q }”: { $n } found
search-items = Items
search-goals = Goals
search-units = Units
search-people = Posts

## Settings

settings-title = Settings
settings-saved = Saved

## Refused: the roster

refused-not-founded = The body has not been created yet.
refused-already-founded = The body has been created already.
refused-no-power = Your present post does not have this power.
refused-name-missing = There is no name.
refused-no-such-unit = There is no such unit, or it is closed.
refused-no-such-post = There is no such post, or it is closed.
refused-no-such-person = There is no such person.
refused-id-taken = This number has been used.
refused-unit-circle = A unit cannot be under itself or under one below it.
refused-unit-has-units = { $count } units are still under it; move or close them first.
refused-unit-has-posts = It still has { $count } posts; close them first.
refused-bears-matters = It still bears { $count } matters; hand them over first.
refused-post-taken = { $by } holds the post; dismiss or hand over first.
refused-not-holder = This person does not hold this post.
refused-same-person = Both sides of the hand-over are the same person.
refused-admins-separate = The system, security and audit administrators must be three people.
refused-before-start = The day is before the start.

## Refused: plans and goals

refused-plan-not-opened = There is no such plan.
refused-plan-already-opened = This plan exists already.
refused-year-out-of-range = The year { $year } cannot be right.
refused-plan-withdrawn = This plan was withdrawn.
refused-plan-has-goals = It still has { $count } goals; withdraw them first.
refused-number-missing = There is no number.
refused-number-taken = Number { $number } is taken; choose another.
refused-title-missing = There is no title.
refused-goal-not-drafted = There is no such goal.
refused-goal-withdrawn = This goal was withdrawn.
refused-goal-has-items = It still has { $count } items; withdraw them first.

## Refused: items

refused-not-drafted = There is no such item.
refused-already-drafted = It has been registered already.
refused-out-of-order = It is “{ $stage }” now; this step is not possible.
refused-not-lead-unit = Only the lead unit can do this.
refused-not-sponsor = Only the sponsor can do this.
refused-not-addressed = This reminder is not addressed to you.
refused-second-person = Somebody else must do this step.
refused-own-chain = The verifier must be outside the chain of responsibility.
refused-own-work = Nobody verifies their own work.
refused-incomplete = Still missing: { $missing }. All four questions come before issue.
refused-reason-missing = There is no reason.
refused-text-missing = There is no text.
refused-evidence-missing = There is no evidence.
refused-changed = Somebody changed this after you opened it.
refused-due-needs-extension = The deadline moves only through an extension.
refused-lead-unit-fixed = The lead unit cannot change after signing.
refused-unknown-milestone = There is no milestone { $number }.
refused-milestones-missing = There are no milestones.
refused-milestone-after-due = Milestone { $number } is after the deadline { $due }.
refused-milestones-out-of-order = Milestone { $number } is before the one above it.
refused-start-after-due = The start is after the deadline.
refused-objection-late = Objections were possible until { $until }.
refused-amount-falls = The total cannot fall below { $before }. To change it, correct the report.
refused-amount-negative = The total cannot be negative.
refused-nothing-to-correct = There is no report to correct.
refused-already-checked = This report has been checked already.
refused-unknown-report = There is no report { $number }.
refused-unknown-reminder = There is no reminder { $number }.
refused-level-falls = Reminders only go up.
refused-reminder-open = The last reminder has not been answered yet.
refused-answer-due-past = The day for the answer is past.
refused-extension-open = An extension is waiting for a decision.
refused-no-extension = No extension is waiting.
refused-extension-after-due = The deadline { $due } is past; no extension is possible.
refused-extension-not-later = The new deadline must be after { $due }.
refused-too-many-extensions = At most { $limit } extensions.
refused-schedule-too-late = By the new schedule the work had to start on { $start }; it is still too late.
refused-three-open = The last questions have not been answered yet.
refused-no-three = No questions are waiting.
refused-milestones-open = Milestones { $numbers } are still open.
refused-target-not-reached = { $amount } of the target { $target } is reached.
refused-children-open = { $count } items below are still open.
refused-unknown-child = There is no such item below.

## Refused: evidence

refused-file-empty = This file is empty.
refused-file-too-large = The file is too large; at most { $limit } MB.
refused-file-type = Files of this type cannot be uploaded.

## What the journal calls a fact

act-drafted = Registered
act-amended = Changed
act-submitted = Sent for approval
act-returned = Returned
act-approved = Approved
act-issued = Issued
act-signed = Signed for
act-objected = Objected
act-plan-proposed = Plan proposed
act-plan-returned = Plan returned
act-plan-approved = Plan approved
act-reported = Progress reported
act-corrected = Report corrected
act-checked = Report checked
act-reminded = Reminded
act-reminder-signed = Reminder signed for
act-reminder-answered = Reminder answered
act-extension-asked = Extension asked
act-extension-decided = Extension decided
act-suspended = Put on hold
act-resumed = Resumed
act-three-asked = Three questions asked
act-three-answered = Three questions answered
act-closing-applied = Closure applied for
act-closing-returned = Returned for rectification
act-verified = Closure verified
act-archived = Archived
act-waived = Waived
act-withdrawn = Withdrawn
act-child-added = Item below added
act-child-settled = Item below settled
act-handed-over = Post handed over
act-baseline-saved = Baseline saved
act-numbered = Numbered
act-unnumbered = Number given back
act-opened = Annual plan opened
act-renamed = Plan renamed
act-founded = Body created
act-unit-opened = Unit opened
act-unit-renamed = Unit renamed
act-unit-moved = Unit moved
act-unit-closed = Unit closed
act-post-opened = Post opened
act-post-renamed = Post renamed
act-post-closed = Post closed
act-person-registered = Person registered
act-person-renamed = Person renamed
act-appointed = Appointed
act-dismissed = Dismissed

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
list-comma = {", "}
list-stop = .
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
first-body = The body, administrators
first-body-about = name and three people
first-body-lede = Say whose system this is. The three administrators are three people.
first-units = Units and accounts
first-units-about = { $n } units
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
first-password-hint = At least 12 characters; change it after the first sign-in
first-found = Create
first-units-lede = Import the list of units from Excel, or open a supervision office and add the rest later.
first-supervision = Supervision office
first-supervision-hint = The unit that registers, reminds and verifies
first-rules-lede = These are the rules now. To change them, save a new version with its first day.
first-rule-yellow = Amber from
first-rule-red = Red from
first-start-lede = All set. Nobody receives anything before you issue.
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
conflict-taken = Taken
conflict-merged = Fields changed by one side only are merged already
unreadable-number = Enter a number
unreadable-day = Enter a date such as 2015-11-30
unreadable-empty = This is empty
unreadable-milestone = “{ $found }” could not be read. One a line: day title cumulative-amount | working days | after, e.g. 2015-10-31 Third batch 1026 | 20 | 2FS+3; write “back” for the day to count it back from the deadline
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
chain-lede = { $sponsors } sponsors, { $leads } lead units, { $items } items.
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
item-no-forecast = No report yet, so no forecast
item-title = Title
item-what-hint = What will be true when it is done, in figures where possible
item-target = Target
item-target-unit = Unit
item-target-hint = e.g. 1026 boilers; leave empty to report in per cent
item-how-hint = One measure a line
item-lead = Lead unit
item-lead-hint = Type a few letters; exactly one
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
evidence-true-for = True for which day
evidence-received = Received { $day }
evidence-hint = A photo is never required. Do not upload secrets

## Moves on an item: buttons, and what was said afterwards

do-submit = Send for approval
do-return = Return
do-approve = Approve
do-issue = Issue
do-sign = Sign for it
do-object = Object
do-propose-plan = Propose a plan
do-return-plan = Return the plan
do-approve-plan = Approve the plan
do-report = Report progress
do-correct = Correct
do-remind = Remind
do-sign-reminder = Sign for it
do-answer-reminder = Answer
do-ask-extension = Ask for more time
do-decide-extension = Decide extension
do-suspend = Put on hold
do-resume = Resume
do-ask-three = Ask for progress, breakthrough, result
do-answer-three = Answer
do-apply-to-close = Apply for closure
do-return-closing = Return for rectification
do-verify = Verify closure
do-archive = Archive
do-waive = Waive
do-withdraw = Withdraw
do-hand-over = Hand over
do-save-baseline = Save as baseline
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
journal-lede = { $n } entries, append-only. <proof>The latest signature</proof> covers the first { $size }.
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
journal-verified = Checked, intact
journal-first = Oldest
journal-last = Newest
kind-roster = Units and people
kind-plan = Annual plan
kind-goal = Goal
kind-item = Item
kind-project = Key project
kind-workdays = Working calendar
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
act-arranged = Arranged the working calendar
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

## Lists, the run chart and one item: what the pages above do not name

act-name-approval = Approve
act-name-archive = Archive
act-name-baseline = Save baseline
act-name-check = Check report
act-name-closing = Apply to close
act-name-closing-return = Return
act-name-extension = Ask for extension
act-name-extension-decision = Decide extension
act-name-issue = Issue
act-name-objection = Object
act-name-plan = Propose plan
act-name-plan-approval = Approve plan
act-name-plan-return = Return plan
act-name-reminder = Remind
act-name-reminder-answer = Answer reminder
act-name-reminder-signature = Sign for reminder
act-name-report = Report progress
act-name-resumption = Resume
act-name-return = Return
act-name-signature = Sign for
act-name-submission = Submit
act-name-suspension = Suspend
act-name-three = Ask progress, breakthrough, result
act-name-three-answers = Answer the three questions
act-name-verification = Verify closing
act-name-waiver = Waive
act-name-withdrawal = Withdraw
all-todo = All to do
chart-legend = The dotted line joins the latest starts; left of today means trouble
checkpoint = Signed checkpoint
children = Items below
co-units = Co-units
col-actual = Actual
col-due = Due
col-forecast = Forecast
col-light = Light
col-number = No.
col-off = Off by
col-order = No.
col-percent = Progress
col-planned = Planned
col-title = Item
conflict-original = Before
conflict-text = { $who } changed it on { $when }. Your changes are not saved yet, and not lost. What only one side changed is merged
crumbs = You are here
data-table = Data table
due = Due
edit-lede = All four questions must be answered before it can be issued
empty-clear = All goals
entry = Entry
entry-act = What was done
entry-at = Received at (UTC)
entry-commitment = Content fingerprint
entry-day = Day
entry-erased = The content was erased by law; its fingerprint remains and everything else still verifies
entry-kind = Matter
entry-matter = Matter
entry-post = Post
entry-title = Entry { $n }
entry-turn = Turn
entry-who = Who
field-answer_due = Answer by
field-best_pace = Best pace a week
field-breakthrough = Breakthrough
field-co_units = Co-units
field-due_on = New deadline
field-evidence = Evidence
field-granted = Granted
field-level = Step
field-milestones = Backward schedule
field-no_due = Reason for no deadline
field-reason = Reason
field-result = Result
field-sound = Sound
field-start_on = Start
field-text = Statement
field-title = Title
field-true_for = The day the evidence is true for
filter-clear = Any
filter-clear-all = Clear filters
forecast = Forecast
go-do = Do it
goals-urgent = Goals with red or amber
hint-answer_due = For example 2015-11-24
hint-best_pace = The latest start is counted back at this pace
hint-breakthrough = If there is none, say “none yet”
hint-due_on = For example 2015-12-15
hint-evidence = One a line: document number, ledger number or place. No photo is asked for
hint-granted = Deadline and milestones change together
hint-level = Only heavier than the one before
hint-milestones = One a line: day title cumulative-amount | working days | after, for example 2015-10-31 Third batch 1026 | 20 | 2FS+3. What follows a bar may be left out; “back” for the day counts it back from the deadline; without “after” a step waits for the one before it
hint-progress = How far it has come
hint-reason = Be clear: it is kept on the record
hint-result = If there is none, say “none yet”
hint-sound = What is not sound is sent back
hint-text = State facts and their basis
hint-true_for = For example 2015-11-19
import = Import
late-none = Nothing is late
lead-unit = Lead unit
list-lede = { $n } items
list-title = Items
milestones-count = { $n }, { $done } reached
minus-one = Minus 1
new-item = New item
no-sponsor = No sponsoring leader
not-secret-upload = Do not enter classified content
number-next = Left empty: the next number
older = Older
overview-done = { $n } done
overview-items = Of { $n } items
overview-waiting = { $n } matters
overview-waiting-1 = Today
overview-waiting-2 = { " " }wait for you.
owner = Responsible
pack-version = Rules version { $n }
page-next = Next page
page-prev = Previous page
pages = Pages
plan-goals = { $n } goals
plan-items = { $n } items
plan-late = { $n } red
plan-warn = { $n } amber
plus-one = Plus 1
print-wall = Print wall chart
proof = Proof
proof-broken = Does not agree with the signed checkpoint
proof-holds = Agrees with the signed checkpoint
proof-leaf = Leaf
proof-root = Root
proof-size = { $n } entries
record-note = only grows
reminders-none = No reminders
report-correct = Correct the last report, not checked yet
report-cumulative = Done so far
report-last = Last report
report-sent-back = Sent back
reports-count = { $n }
reports-none = No reports yet
search-lede = “{ $q }”: { $n } found
sponsor = Sponsoring leader
strand-plan = { $done } done, { $ok } on time
stuck = What is stuck
three-open = Not answered
threes = Progress, breakthrough, result
timeliness-note = five official groups
times = { $n }
todo-count = { $n } matters wait for you.
todo-none = Nothing waits for you
todo-overdue-count = { " " }{ $n } overdue.
trend-note = last 12 weeks, items
true-for = true for { $day }
watcher = Watcher
why-fired = { $n } rules hold; one is enough
why-title = Why { $light }
curve-told = Cumulative: { $done } done of { $target }, forecast { $forecast }
trend-told = Red and amber over 12 weeks: { $late } red and { $warn } amber this week
page-at = Page { $page } of { $last }
plan-lede-four = What, how, who and by when.{ " " }
report-amount-n = { $n } in all
chain-count = { $n } items, each level answering to the next
journal-count = { $n } entries; it only grows, and every one can be verified
first-run-begin = Begin
first-run-body = Name of the body
first-run-code = Division code, or one of your own
first-run-incomplete = Fill in every field; a password has at least { $n } characters
first-run-lede = Nobody is notified during set-up. First the body and its supervision office, then the run chart
first-run-name = Your name
first-run-office = Supervision office
first-run-title = Found the body
password-too-short = A sign-in name is needed, and a password of at least { $n } characters
person-new = Or register a new person by name
post-appoint = Appoint
post-hand-over = Hand over
unit-below = Units below
unit-items = Open items
unit-items-link = Items it leads
unit-posts = Posts
units-count = { $units } units, { $people } people
refused-intake-not-recorded = There is no such import
refused-intake-already-recorded = This import is on record already
refused-intake-already-undone = This import was undone already
refused-intake-moved-on = { $count } of its matters have moved on; it cannot be undone as a whole
refused-intake-too-late = More than { $hours } hours ago: it cannot be undone as a whole
refused-period-taken = { $period } has its ratings already
act-assessed = Ratings brought in
act-recorded = Imported
act-undone = Import undone
column-area = Area
column-co-units = Who (co-units)
column-due = By when
column-goal = What (goal)
column-how = How
column-independent-rating = Independent rating
column-lead = Who (lead unit)
column-note = Note
column-number = Number
column-own-rating = Self rating
column-owner = Who (responsible)
column-period = Reporting period
column-skip = Do not import
column-sponsor = Who (sponsoring leader)
column-start = Start
column-target = Target
column-title = What (item)
error-unreadable-form = The form did not arrive whole; choose the file again
import-again = Check again
import-areas = areas
import-bring-in = Import { $n } items
import-clean = No remarks
import-dated = with a deadline
import-day-interpreted = “{ $found }” is read as { $instead }
import-day-wrong = “{ $found }” is not a date. { $instead }
import-errors = { $n } errors; their rows are skipped
import-field = Field
import-file-hint = .xlsx or .csv, one item a row, headings first
import-gives = What you will get
import-goals = goals
import-heading = Column of the table
import-items = items
import-lead-guessed = “{ $found }” names no lead; the first, { $instead }, is taken
import-lede-short = First a trial that writes nothing; then one import, which can be undone whole within 24 hours.
import-no-title = It does not say what
import-notices = notices. Nobody is told before the chain of responsibility is confirmed
import-plan-title = Name of the plan
import-post-unknown = No post is called “{ $found }”; left empty
import-rows = Rows
import-sample = Sample
import-start-after-due = The start “{ $found }” lies after the deadline; left empty
import-undo-note = The whole import can be undone within 24 hours
import-unit-near = “{ $found }” is not in the unit list; { $instead } is taken
import-unit-unknown = No unit is called “{ $found }”; left empty
import-unreadable = The file cannot be read: { $why }
import-warnings = { $n } warnings
import-what = Remark
import-year = Year (for dates such as 10月底)
post-bears-count = Bears
import-read-file = Read and check
wall-lede-short = One A3 sheet with every goal and item, readable in black and white

## Key projects and their weekly coordination meetings

project = Key project
new-project = New project
projects-lede = { $n ->
    [one] One key project:
   *[other] { $n } key projects:
} one leader, one team each, and a coordination meeting every working week. { $week } still to meet this week; { $missed } weeks missed in all.
projects-none = No key projects yet. A project names one leader, one team, an aim and a date.
project-rule = One project, one leader, one team; the aim and the date must be stated. A leader or team changes as a whole, so there is never none and never two.
project-leader = Leader
project-team = Team
project-team-n = { $n } in the team
project-unit = Lead unit
project-aim = Aim
project-weeks = Weeks
project-missed = Missed
project-missed-n = { $n ->
    [one] one week missed
   *[other] { $n } weeks missed
}
project-unadopted = Decisions open
project-result = Result:{" "}
end-project = End the project
record-meeting = Record a meeting
meeting-rule = Minutes are recorded within five working days; a missed week stays missed. The supervision office turns decisions into work with a name and a date.
meeting-held = Held on
meeting-chair = Chaired by
meeting-present = Present
meeting-raised = Problems raised
meeting-solved = Solved on the spot
meeting-text = What was discussed and solved
meeting-next = Next by { $day }
meeting-number = No. { $n }
meeting-by = { $chair } in the chair, { $n } present, recorded { $recorded }
meeting-problems = { $raised } problems raised, { $solved } solved on the spot
meetings = Meetings
meetings-none = No meeting yet.
decision = Decision
decisions = Decisions
decisions-hint = What, how, who, by when; leave the rest blank
decision-n = Decision { $n }
decision-item = Item
decision-see = See the item
decision-adopt = Make it an item
decision-waits = waits for the supervision office
hint-team = posts, separated by commas
week-met = met
week-missed = missed
week-ahead = ahead
week-free = no working day
week-told = week of { $monday }: { $held }
todo-meet = Hold the weekly meeting
todo-adopt = Adopt decisions
act-registered = Registered
act-met = Meeting recorded
act-adopted = Decision adopted
act-ended = Project ended
act-branched = Unit plan attached
refused-project-not-registered = There is no such project yet.
refused-project-ended = This project has ended.
refused-not-of-the-team = Only the leader, the team and the supervision office record meetings.
refused-aim-missing = State the aim.
refused-no-such-leader = Choose one leader.
refused-not-a-leader = The leader must hold a leader's post.
refused-leader-vacant = Nobody holds this leader's post: appoint somebody first.
refused-team-missing = Name the team, at least one post.
refused-twice-in-team = A post stands once among leader and team.
refused-meeting-ahead = The meeting has not been held yet.
refused-meeting-before = The project begins on { $since }: no meeting before that.
refused-meeting-taken = The meeting of { $day } is recorded already.
refused-recorded-late = Minutes are recorded within five working days: for this one until { $until }.
refused-more-solved = No more problems can be solved than were raised.
refused-decision-without-text = A decision says what is to be done.
refused-decision-due-past = The date { $due } lies before the meeting.
refused-unknown-decision = There is no such decision.
refused-already-adopted = This decision is an item already.
refused-decisions-open = { $count ->
    [one] One decision is
   *[other] { $count } decisions are
} not an item yet: adopt first, then end.
refused-branch-taken = This unit has a plan of its own already.

## The cascade: what units below do, and what nobody has taken up

cascade = Cascade to a unit below
view-cascade = Cascade and coverage
cascade-lede = { $led } items led, { $cascaded } cascaded; { $covered } of { $units } units have a part.
cascade-by-unit = By lead unit
cascade-led = Led
cascade-taken = Cascaded
cascade-open = Not cascaded
cascade-idle = Units without a part
cascade-loose = Items serving nothing above
cascade-loose-note = in unit plans, with no item above
cascade-vacant = Items whose responsible post is empty
cascade-above = Serves
cascade-none = Not cascaded yet.

## One item, whole: its rules, its rest, its record, its drafts

comma = ,{" "}
stop-then = .{" "}
light-since = since { $day }
record-turned = Light turned from { $from } to { $to }
record-stands = Still { $light }, since { $since }
record-computed = computed, rules version { $n }
record-forecast = Forecast moved from { $from } to { $to }
record-reported = Report { $n } sent
record-filed = Report { $n } sent, with { $files } pieces of evidence
record-corrected = Report { $n } corrected
record-sound = Report { $n } checked
record-sent-back = Report { $n } sent back
record-extended = Extension granted
record-not-extended = Extension refused
rest-title = Where the remaining { $left } { $unit } are
rest-others = { $n } others
rest-own = { $n } { $unit } not handed to any unit below
rest-over = Units below report { $n } { $unit } more left than this item: please check
rest-most = {" "}Of the { $left } { $unit } left, { $n } are with { $name }.
why-source-milestone = Milestone { $n }
why-source-report = Report { $day }
why-source-reports = Reports
schedule = Backward schedule
schedule-how = How it is derived
schedule-step-left = { $left } remain.
schedule-step-pace = The unit commits to at most { $pace } a week of five working days: { $left } take { $n } working days.
schedule-step-back = Counting { $n } working days back from { $due }, over { $rest } days of rest, gives { $start }.
schedule-days = Days passed over
schedule-made-up = worked instead, counted
schedule-ways = Two ways to keep the date
schedule-way-pace = Go faster: { $needed } a week; the commitment is at most { $pace }.
schedule-way-due = Extend: at that pace from today, the earliest end is { $day }. An extension brings a new backward schedule.
rules-lights = Rules of the lights
rules-lights-lede = Lights are computed by these rules and cannot be set by hand; one rule that holds is enough.
rules-lights-note = The rules are in the pack packs/lights.toml. A change raises its version and names its first day.
rules-source = Where it comes from
rule-never = never
rule-about-milestone = Days past the earliest milestone that is not reached
rule-about-forecast = Days by which the end forecast from the last four weeks passes the deadline
rule-about-latest-start = Working days until the rest must be under way at the best pace
rule-about-deadline = Working days until the deadline
rule-about-lag = Points of progress behind the plan
rule-about-report = Working days past the day a report was due
threshold-milestone = { $n } d overdue
threshold-forecast = { $n } d late
threshold-latest-start-past = { $n } d past
threshold-latest-start-ahead = { $n } working days left
threshold-deadline-past = { $n } d late
threshold-deadline-ahead = { $n } working days left
threshold-lag = { $n } points behind
threshold-report = { $n } working days late
banner-suspended = On hold since { $day }: { $reason }
banner-issued = The lead unit signs for it, or objects, by { $day }.
banner-closing = Closing was applied for; somebody outside the chain verifies it.
report-note = On checking
report-now = Done since the last report
report-still = Left:
report-rest-now = Left
report-title-n = Report { $n }
report-evidence-add = Add evidence (optional)
report-not-taken = Not accepted
report-sign-in = Signed out: it goes when you sign in
report-no-files = add the files when there is a network
extension-waits = To be decided
reminder-answer = Answer:
reminder-signed-at = , signed for { $at }
reminder-answered-at = , answered { $at }
reminder-next-on = Without an answer by { $day }, the next step is: { $level }.
reminder-next-past = { $day } has passed without an answer. Next step: { $level }.
level-talk = Proposal to talk
baseline-same = As in the baseline; nothing has moved.
act-sure = Once confirmed it is on the record and on the receivers’ lists.
mend = Fill in what is missing
draft-keep = Keep as draft
draft-restored = Filled in from your draft of { $time }
draft-too-long = The draft is too long to keep. Send it, or shorten it.
conflict = Both changed it
hint-goal = An item belongs to a goal
hint-title = One line, at most 60 characters
hint-unit = Pieces, kilometres, households; percent if empty
hint-start_on = For example 2015-01-05
hint-no_due = Only when there is no deadline
hint-due-fixed = After issue it moves only through an extension
hint-report_every = For example 7, once a week
hint-three_every = For example 30, once a month
unreadable-day-of-month = Month { $month } has only { $last } days

## Evidence files

field-file = Evidence files
hint-file = optional, at most five at once, 20 MB each; no photo is required
file-kept = kept: { $name }
hint-needs = names of units, separated by commas, or nothing
refused-file-not-kept = No file with the hash { $hash } was kept: send it first.
unreadable-form = The form arrived incomplete: go back and send it again.

## Importing, handing over, proving: what the pages above do not name

import-read-plain = { $file }: { $rows } rows, { $columns } columns.{" "}
import-nothing = No row can be imported. Match the columns: at least “What (item)” is needed.
import-wrong-left = { $n } rows have errors. Mend them, or tick “Skip”.
import-meant = Read as
import-marked = Download with remarks
import-is-error = Error
import-is-warning = Remark
setup-assign = Name the owner of several at once
setup-assign-note = Tick items and name one post. Where no unit leads, the post’s unit does.
setup-assign-go = Set the owner
setup-assigned = The owner of { $n } items was set.
setup-none-ticked = No item is ticked.
setup-head-go = Fill in the heads of the leading units
setup-head-note = { $n } items have a leading unit and no owner
setup-rules-more = See where each rule comes from
setup-first = Found the body first
setup-begin-draft = Drafts show on the run chart; to-dos come once items are approved and issued.
sign-in-left = Wrong name or password, { $n } more tries
entry-download = Download the entry
journal-proof-how = Check it on another machine
journal-proof-file = Download the proof of this entry
journal-proof-steps = Download two files: every byte of the entry, and its proof (the path from leaf to root, and the signed checkpoint). Hash from the leaf along the path as RFC 6962 says: if the root is the signed one, the entry is in the log, unchanged.
journal-proof-script = A few lines of Python do it, without this system:
journal-bundle = Download the bundle
journal-bundle-how = The bundle verifies without a database: unpack it and run shigan verify, or any C2SP log verifier.
journal-filter-kind = Kind
journal-filter-act = Act
journal-filter-who = Who
journal-filter-from = From
journal-filter-to = To
journal-found = { $n } entries match
journal-key = Verifier key
journal-signed-size = The signed checkpoint covers the first { $n } entries.
error-where = Address
post-chosen = Acting as { $post }
hand-over-list = The post bears { $n } matters; they go with it:
hand-over-none = The post bears nothing now.
hand-over-title = Hand-over of a post
hand-over-from = From
unit-none = No posts
units-empty = No unit matches
find-unit = Find by name

## The set-up after the first run

setup-later = Later
setup-steps = Steps
setup-next = Next
setup-begin = Begin
setup-undo = An import can be undone whole within 24 hours
setup-step-units = Units and accounts
setup-step-plan = Import the plan
setup-step-chain = Chain of responsibility
setup-step-rules = Rules and reminders
setup-step-start = Begin
setup-note-plan = Match and check
setup-note-chain = who answers to whom
setup-note-rules = when a light turns
setup-note-start = {""}
setup-units-n = { $n ->
    [one] one unit
   *[other] { $n } units
}
setup-items-n = { $n ->
    [one] one item
   *[other] { $n } items
}
setup-title-units = Units, posts and accounts
setup-title-plan = Import the run chart
setup-title-chain = Chain of responsibility
setup-title-rules = Rules of the lights
setup-title-start = Ready to begin
setup-lede-units = One table brings in units, posts, people and sign-in names at once; if one cell is wrong, nothing is written.
setup-lede-plan = Excel or CSV; look at the report first, then bring it in.
setup-lede-chain = Every unit has a head and every item a responsible post before it can be issued.
setup-lede-rules = Lights are computed by rules and never set by hand. The rules are a versioned pack.
setup-lede-start = Nobody is notified before the chain is confirmed.
setup-file = Table of units and people
setup-file-hint = .xlsx or .csv, headings in the first row
setup-columns = Headings: unit, kind, parent, code, post, role, head, name, login. Only “unit” is required.
setup-bring-in = Bring in
setup-template = Template
setup-opened = Opened { $units } units, { $posts } posts, { $people } people.
setup-accounts = First passwords
setup-accounts-once = shown this once: hand them over in person
setup-headless = Units without a head
setup-ownerless = Items without a responsible post
setup-rule = Rule
setup-count-units = units
setup-count-people = people
setup-count-ownerless = items without a responsible post
setup-no-unit-column = There is no column “unit”; the headings are: { $found }
setup-no-unit = no unit given
setup-unknown-kind = “{ $found }” is no kind of unit
setup-unknown-parent = “{ $found }” is neither a known unit nor in this table
setup-unknown-role = “{ $found }” is no role
setup-no-post = “{ $found }” has no post
setup-no-name = the sign-in name “{ $found }” has no person
setup-login-twice = the sign-in name “{ $found }” is given to two people

field-report_every = Days between reports
field-three_every = Days between the sponsor’s three answers; 0 only when asked

## Backward schedule
backward-title = Backward schedule
backward-table = The earliest and the latest days of every step
backward-note = Counted back from the deadline on working days; slack is how many working days are to spare
backward-latest = To be done by { $due }, work must begin by { $start }.
backward-passed = To be done by { $due }, work had to begin by { $start }: { $n } { $n ->
    [one] day
   *[other] days
} ago.
backward-cannot = As it stands it will not be done by { $due }, but by { $ends } at the earliest.
backward-unknown = Due { $due }. Without durations or a best pace there is no latest start.
backward-undated = Without a deadline there is no latest start.
col-step = Step
col-workdays = Working days
col-after = After
col-early = Earliest
col-late = Latest
col-slack = Slack
col-moved = Moved
col-because = Why
critical = Critical
workdays-unknown = Not given
because-open = See why
because-begins = Why it cannot begin before
because-due = Why it must be done by then
because-start = { $what } begins with the planned start, { $start }
because-today = { $what } has not begun: from today, { $start }
because-done = { $what } is done, { $finish }
because-deadline = { $what } is due { $finish }
because-finish = All of the work is done by { $finish }
because-no-earlier = { $what } begins no earlier than { $start }
because-no-later = { $what } is done no later than { $finish }
link-fs = { $to } waits until { $from } is done{ $wait }
link-ss = { $to } waits until { $from } has begun{ $wait }
link-ff = { $to } cannot be done before { $from } is done{ $wait }
link-sf = { $to } cannot be done before { $from } has begun{ $wait }
link-lag = , and { $n } more working { $n ->
    [one] day
   *[other] days
}
link-lead = , less { $n } working { $n ->
    [one] day
   *[other] days
}
quoted = “{ $text }”
infeasible-title = Why it does not fit
infeasible-missing = { $n } working { $n ->
    [one] day
   *[other] days
} short
infeasible-facts = These cannot hold together; without any one of them they could:
infeasible-ways = Any one of these would do:
fact-start = Work begins no earlier than { $day }
fact-today = What is not done is done from today ({ $day }) on
fact-finish = All of the work is done by { $day }
fact-deadline = { $what } is due { $day }
fact-constraint = { $what } is bound to { $day }
fact-placed = { $what } is fixed on { $day }
way-start = Begin { $n } working { $n ->
    [one] day
   *[other] days
} earlier
way-finish = Move the last deadline { $n } working { $n ->
    [one] day
   *[other] days
} later
way-deadline = Move the deadline of { $what } { $n } working { $n ->
    [one] day
   *[other] days
} later
way-constraint = Give { $what } { $n } working { $n ->
    [one] day
   *[other] days
} more room
way-shorten = Do { $what } in { $n } working { $n ->
    [one] day
   *[other] days
} less
way-overlap = Let { $to } begin { $n } working { $n ->
    [one] day
   *[other] days
} before { $from } is done
way-other = Give { $n } working { $n ->
    [one] day
   *[other] days
} more room
try-title = Try
try-note = See what would follow; nothing is saved
try-step = Working days of { $title }
try-go = Try
try-leave = Back to what holds
try-shown = This is a trial. Nothing was saved.
try-wrong = This could not be read; what holds was used
field-after = Waits for
hint-after = Numbers, with commas: 27-2 waits until it is done, 27-2SS until it has begun, 27-3FS+5 until it is done and five working days have passed
unreadable-after = “{ $found }” could not be read: write numbers, e.g. 27-2, 27-3FS+5
unreadable-undated = “{ $found }” without a deadline: set the deadline first
refused-workdays-wrong = The working days or the wait of step { $number } cannot be: from 0 to { $most }.
refused-steps-circular = Steps { $numbers } wait for each other, so none can begin: take one of the waits away.
refused-step-after-latest = Step { $number } must be done by { $latest }, or the deadline is missed: move it, or write “back”.
refused-waits-for-unknown = This run chart has no item { $number }.
refused-items-circular = These items wait for each other: { $numbers }. Take one of the waits away.

## Working calendar
nav-workdays = Working calendar
workdays-lede = { $year }: { $n } working days.
workdays-provisional = Holidays after { $day } are not published yet; weekends are off until then.
workdays-year = The year
workdays-hol = Off
workdays-make = Made up
workdays-own = Arranged here
workdays-month = Month { $month }
workdays-w1 = M
workdays-w2 = T
workdays-w3 = W
workdays-w4 = T
workdays-w5 = F
workdays-w6 = S
workdays-w7 = S
workdays-works = { $days } worked: { $name }
workdays-rests = { $days } off: { $name }
workdays-arrange = Own days
workdays-arrange-note = Days over those of the State Council. Write all of them: what is left out no longer holds
field-days = Days
hint-days = A span a line: day, rest or work, name; for example 2015-12-10..2015-12-11 rest City day, 2015-12-12 work Made up
unreadable-days = “{ $found }” could not be read: a span a line, day, rest or work, name, e.g. 2015-12-10 rest City day
workdays-look = See what moves
workdays-editions = Editions
workdays-edition = Edition { $n }
workdays-none = No own days: those of the State Council hold.
workdays-impact = What the change would move
workdays-impact-lede = Days that change: { $days }. Open matters looked at: { $looked }. Days that move: { $n }. Nothing is saved yet.
workdays-moves = What moves
workdays-moves-none = Nothing moves.
workdays-matter = Matter
workdays-what = Which day
workdays-before = Now
workdays-after = Then
workdays-by = By
workdays-latest_start_on = Latest start
workdays-yellow_on = Turns amber
workdays-red_on = Turns red
workdays-move = Due: { $what }
workdays-changed = Days that change
workdays-day-works = { $day } is worked
workdays-day-rests = { $day } is off
workdays-sure = Every open matter is then computed anew, and the journal keeps who changed what.
workdays-go = Change it
refused-day-name-missing = { $day } has no name: say why it is off or worked.
refused-day-span = The span from { $day } cannot be: the first day, then the last, no more than a year.
refused-days-too-many = At most { $most } spans.
refused-days-overlap = { $day } stands twice: a day is off or worked.
refused-days-unchanged = That is the calendar as it is.
refused-day-past = { $day } has passed and cannot be arranged otherwise afterwards.

# Service levels: what is promised, what was kept, what comes next.

# Promises beside a ticket.
promise-paused = paused, { $time } left
promise-late = late by { $time }
promise-reply-in = reply in { $time }
promise-reply-by = reply by { $time }
promise-solve-in = solve in { $time }
promise-solve-by = solve by { $time }
promise-title = Promised
promise-none = Nothing is promised
promise-change = Promise something else
promise-choose = Service level
promise-by-itself = As customer, mailbox and kind say
why-explicit = chosen by hand
why-contract = by contract
why-organization = because of the organization
why-tier = because of the tier
why-mailbox = because of the mailbox
why-kind = because of the kind
why-everybody = like everybody
clock-kept = kept
clock-done-late = done, but late
clock-by = by { $time }
event-promise-broken = A promise was missed: { $what } by { $time }
event-level-set = { $who } chose the service level { $level }

# What is promised.
metric-first-reply = First answer
metric-next-reply = Further answers
metric-periodic-update = Word in between
metric-requester-wait = Wait in all
metric-agent-work = Our work
metric-resolution = Solved
metric-first-reply-hint = From the first message to an answer that a person wrote.
metric-next-reply-hint = From the oldest message without an answer.
metric-periodic-update-hint = While it is our turn: from one answer to the next.
metric-requester-wait-hint = Time as new, open and on hold.
metric-agent-work-hint = Time as new and open.
metric-resolution-hint = From the first message to the solution.
promised-first-reply = answered within { $time }
promised-next-reply = further answers within { $time }
promised-periodic-update = word every { $time }
promised-requester-wait = at most { $time } of waiting
promised-agent-work = at most { $time } with us
promised-resolution = solved within { $time }
target-open = { $time } while open
target-always = { $time }, day and night
unit-open-minutes = open minutes
unit-open-hours = open hours
unit-hours = hours, day and night
unit-days = days

# Settings: levels.
place-levels = Service levels
place-hours = Opening hours
may-manage-levels = Service levels, opening hours, promises
levels-intro = What you promise to whom: how fast somebody answers, how fast it is solved. The desk watches each promise, puts the next ticket first, and tells your customers by when they hear from you.
levels-first = First: when are you open?
levels-first-words = Promises can count open hours only. Setting up your hours takes a minute.
levels-first-step = Set up opening hours
levels-none = Nothing is promised yet
levels-none-words = Without a level no clock runs. Begin with the one below and change it any time, or write your own.
levels-start = Use it
levels-start-name = Standard
levels-start-words = For everybody: urgent within 4 open hours, the rest within 9, what can wait within 18. Nobody reads it but your team.
level-another = Different promises for others?
level-add = Add a level
level-add-title = Add a service level
level-hours-of = Counts the hours of “{ $name }”
level-public-chip = public
level-rests = Rests
level-in-use = In use
level-in-use-words = A level that rests is given to nobody. Its tickets get what they would get without it.
level-let-rest = Let it rest
level-wake = Take it into use
level-calendar = Opening hours
level-calendar-hint = Whose hours count as open.
level-targets = What you promise
level-targets-hint = Leave a field empty where you promise nothing. Open hours stand still at night, on closed days and on holidays.
level-unit = unit
level-more = More to promise
level-for = For whom
level-for-hint = The closest one counts: organization before tier, tier before mailbox, mailbox before kind.
cover-rest = Everybody
cover-everybody = Everybody whom no other level is for
cover-tiers = Tiers
cover-organizations = Organizations
cover-mailboxes = Mailboxes
cover-kinds = Kinds
level-weight = How much it counts
level-weight-hint = 1 is usual. 2 puts its tickets before others that are just as urgent and just as near.
level-public = Customers may read it
level-public-hint = Shows it with what was kept on the page “What we promise”.
fastest-title = Fast times, sparingly
fastest-words = When everybody is first, nobody is. The desk warns when a larger part of your customers gets the fastest level: by contract, organization or tier, or because it is for everybody. Levels for a mailbox or a kind of ticket are not looked at.
fastest-share = Most customers who may get the fastest times, in %
fastest-chip = for too many
fastest-few = The fastest times you promise, for { $percent } % of your customers.
fastest-too-many = The fastest times you promise, for { $percent } % of your customers; you want { $most } % at the most. Give them to fewer, or promise slower times to some.
queue-limit-title = Next for you
queue-limit-words = Whoever has this many open tickets cannot take another one. So nobody hoards.
queue-limit = Most open tickets of one person
error-level-weight = Please write a number from 0.01 to 1000.
error-level-calendar = Please choose opening hours.
error-level-target = Please write a whole number of minutes, hours or days; a year is the most.
error-level-nothing = Please promise one thing at least.
error-level-overlap = Another level is for some of them already. Take them off there first.

# Settings: hours.
hours-intro = When promises count: your week, closed days, days with other hours.
hours-another = Another place or team with hours of its own?
hours-another-words = Each level counts the hours that you choose for it.
hours-add = Add opening hours
hours-add-title = Add opening hours
hours-name-usual = Our hours
hours-always = day and night
hours-days = { $from } to { $to }
hours-presets = Start from
preset-office = Weekdays 9 to 17
preset-split = With a lunch break
preset-shop = With Saturday
preset-always = Day and night
hours-week = Your week
hours-week-hint = Such as 09:00-18:00, or 9-12, 13-17. Empty means closed. 22:00-06:00 goes past midnight.
hours-closed = Closed days and other hours
hours-holidays = Closed days
hours-holidays-hint = One a line: 2026-12-24 Christmas Eve, or 12-25 Christmas for every year.
hours-exceptions = Days with other hours
hours-exceptions-hint = One a line: 2026-12-23 10:00-14:00, or 2026-12-30 closed.
hours-state = Public holidays of a German state
hours-state-none = None
hours-state-hint = They are added to your closed days when you save, the movable ones for ten years.
hours-file = Holidays from a file
hours-file-hint = An iCalendar file (.ics), such as the public holidays of your country. Its days are added.
hours-feed = Closed days from an address
hours-feed-hint = The iCalendar address of a calendar that somebody keeps, such as your holidays in Google or Outlook. It is read every day; its whole days are closed.
hours-feed-read = The address was last read { $at }. { $days ->
    [0] It closes no day.
    [one] It closes one day.
   *[other] It closes { $days } days.
  }
hours-feed-soon = The address is being read; look again in a moment.
hours-feed-again = It is tried again every hour.
hours-feed-no-answer = The address for closed days did not answer.
hours-feed-inside = The address for closed days lies inside your network or is none that may be asked; CANDOR_OUTBOUND_ALLOW lets it be read.
hours-feed-moved = The address for closed days leads on to another one. Open it in a browser and take the address that stands there then.
hours-feed-gone = There is nothing at the address for closed days any more.
hours-feed-forbidden = The address for closed days wants a sign-in. Take the secret or public address of the calendar instead.
hours-feed-status = The server of the address for closed days answered with fault { $status }.
hours-feed-large = The calendar at the address for closed days is larger than 1 MB.
hours-feed-no-calendar = At the address for closed days lies no iCalendar file (line { $line } is none of one). Take the address that ends in .ics.
done-hours = Saved. Here is your year.
error-calendar-hours = Please write it as 09:00-18:00, several with a comma, without overlap.
error-calendar-closed = Please be open on one day at least.
error-calendar-holidays = Please begin each line with a day such as 2026-12-24 or 12-25.
error-calendar-file = This is no iCalendar file that can be read.
error-calendar-exceptions = Please begin each line with a day such as 2026-12-23, then hours or “closed”; each day once.
error-calendar-lines = 500 lines are the most.
error-calendar-feed = Please write an address that begins with https:// or webcal://.
year-title = Your year
year-closed = closed
year-holiday = closed day
year-other = other hours
year-list = Every closed or changed day

# Next for you.
next-title = Next for you
next-tab = Next
next-waiting =
    { $count ->
        [one] { $count } ticket waits
       *[other] { $count } tickets wait
    }
next-mine = you have { $count } of at most { $limit }
next-take = Take the next ticket
next-yours = yours
next-other-team = for { $team }
next-needs = needs { $skills }
next-for-others =
    { $count ->
        [one] One more ticket waits for somebody of another team or with other skills.
       *[other] { $count } more tickets wait for people of other teams or with other skills.
    }
next-empty = Nobody waits
next-empty-words = Tickets that nobody has yet, and yours, stand here in the order in which they should be answered.
next-order = The order weighs who is promised what, how urgent it is, and how much time is left. Nobody waits longer than five times what was promised. Open a reason to see the sum.
next-starving = has waited far too long
next-level = { $level } customer
next-left = { $time } left
next-unpromised = waiting for { $time }, nothing promised
next-our-turn = our turn
next-sum = Counts { $weight } ({ $tier } for the level × { $urgency } for the urgency). { $waited } of { $target } minutes used. Index { $index }; larger goes first.
next-unavoidable = With one person at work, at least { $share } % of what waits will be late in whatever order. A second person helps more than another order.
done-taken = It is yours now.
done-nothing-next = Nothing that you may take waits for anybody.
done-enough = You have as many open tickets as you may. Finish or give away one first.

# What was kept.
promises-title = Promises
percent = { $number } %
kept-intro = What was promised and what was kept. Promises that are late by now count as missed.
kept-none = Nothing to count yet
kept-none-words = As soon as a promise is kept or missed, it stands here.
kept-period = Period
kept-public = What customers read
kept-by = Counted by
kept-level = Level
kept-contract = Contract
kept-team = Team
kept-reason = Reason
kept-no-team = No team
kept-no-reason = No tag yet
kept-words-team = A ticket counts for the team that has it now.
kept-words-reason = A ticket counts for each tag that it has now, so that one with two counts twice.
kept-more = There are more; the table has them all.
kept-file = As a table (CSV)
kept-what = Promise
kept-share = Kept
kept-count = Promises
kept-beaten = Beaten by, on average
kept-interval = { $low } to { $high }
kept-of = { $kept } of { $of }
kept-words = Below each share stands where it may really lie, with 95 % confidence: few promises say little.

# The studio.
studio-title = Promise studio
studio-intro = Move the promise or the team and see how often it would be kept.
studio-no-hours = Set up opening hours first: promises count open time.
studio-hours = Promise, in open hours
studio-people = People on an open weekday
studio-weekend = People on an open Saturday or Sunday
studio-tickets = Tickets a week
studio-tickets-hint = Your desk answered { $count } a week lately.
studio-minutes = Minutes for one answer
studio-minutes-measured = Reading, finding out, writing. Measured: { $minutes } on average, with { $answers } answers of the last 90 days.
studio-minutes-assumed = Reading, finding out, writing. { $minutes } is assumed: fewer than 30 answers were measured.
studio-pattern = When customers write
studio-pattern-own = As they wrote to you
studio-pattern-usual = As they usually write to a small shop
studio-pattern-measured = Measured: { $tickets } tickets of { $weeks } whole weeks.
studio-pattern-fits = The pattern fits: counts scatter as chance makes them ({ $index }; 1 is chance alone).
studio-pattern-loose = The pattern is loose: days differ for reasons of their own ({ $index }; 1 is chance alone), so that the shares below flatter.
studio-pattern-too-little = Not enough data yet: { $weeks } whole weeks with { $tickets } tickets. It takes 3 weeks and 100 tickets.
studio-count = Count
studio-result = This team, simulated
studio-verdict = Promised within { $hours }, { $share } would be in time ({ $low } to { $high }).
studio-one-more = With one more person on weekdays: { $share }.
studio-hour = on { $day }s { $from }–{ $to }
studio-breaks = What comes { $hour } breaks first: { $late } of it would be late, { $part } of all that is late.
studio-helped = With one more person { $hour }: { $share }.
studio-aim = Aim at { $hours } within the team, and it is usually beaten.
studio-publish = You can promise { $hours } and keep it in 95 of 100 cases.
studio-publish-none = None of these promises would be kept in 95 of 100 cases.
studio-own = Your own answers of 90 days
studio-own-words =
    { $count ->
        [one] { $count } first answer was measured, in open time.
       *[other] { $count } first answers were measured, in open time.
    }
studio-own-verdict = They kept { $hours } in 95 of 100 cases, safely.
studio-own-none = They kept none of these promises in 95 of 100 cases.
studio-too-little = Not enough data yet: 59 answers are the least that say something.
studio-overloaded = More comes in than this team can ever answer. It takes more than { $hours } hours of people a week.
studio-refused = That cannot be counted. Please use numbers above 0, and at most 50 people.
studio-promise = Promise
studio-range = May really be

# What customers read.
public-title = What we promise
public-usual = An answer usually takes about { $time } at the moment.
public-nothing = Nothing is promised here yet. We answer as soon as we can.
public-answer = First answer
public-solution = Put right
public-kept-title = Kept, 90 days
public-urgent = When something is urgent
public-normal = Usually
public-can-wait = When it can wait
public-hours = Hours count while we are open: { $hours }.
public-kept = { $share } of { $of }
public-none-yet = not counted yet
owed-by = You will hear from us by { $time }.
owed-late = You should have heard from us by { $time }. We are sorry, and somebody is on it.
owed-kept = We answered after { $time }, as promised.
owed-broken = We answered after { $time }. That was later than promised, and we are sorry.

# Promises that people give in replies.
metric-promised = Promised in a reply
metric-promised-hint = What somebody named in a reply.
promised-promised = heard of us within { $time }
given-offer = Hold me to it: a word by { $time }
given-ask = You promise a word by { $time }.
given-ask-words = Shall the desk hold you to it? You are reminded before, and the customer reads it on their page.
given-yes = Yes, send and hold me to it
given-no = No, just send
given-by = { $who } promised a word
given-withdrawn = withdrawn
given-withdraw = Withdraw the promise
given-mine = You promised
event-promise-given = { $who } promised a word by { $time }
event-promise-withdrawn = { $who } withdrew a promise
done-promise-withdrawn = The promise is withdrawn
error-promise-due = Choose a time within the next 62 days.
kept-given = Promised in replies
portal-given-open = { $who } promised to write to you by { $time }.
portal-given-open-nobody = We promised to write to you by { $time }.
portal-given-late = We promised to write to you by { $time } and did not. We are sorry, and somebody is on it.
portal-given-kept = We promised to write to you by { $time }, and did.
portal-given-kept-late = We promised to write to you by { $time } and wrote at { $done }. That was too late, and we are sorry.
portal-given-withdrawn = We promised to write to you by { $time }. That does not hold any more.

# How urgent the facts say that a ticket is.
suggest-several = This customer has { $count } open tickets.
suggest-valued = A complaint of a customer to whom you promised more than to others.
suggest-feedback = Praise or an idea: nobody waits for it.
suggest-can-wait = Mark as can wait
decide-otherwise = Decide otherwise
decide-reason = Why
decide-back = Take the decision back
decided = { $who } decided: { $urgency }
event-decided = { $who } decided otherwise than suggested: { $urgency }
event-decision-back = { $who } took back a decision about the urgency
error-reason-empty = Say why in a few words.
owed-by-usually-within = You will hear from us by { $time }, usually within { $usual }.
owed-by-usually-at = You will hear from us by { $time }, usually by { $usual }.
next-promised = promised in a reply

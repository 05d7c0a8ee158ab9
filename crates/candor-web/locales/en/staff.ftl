# Staff: health of priorities, roster, planning, one's own shifts.

# Health of priorities.
health-title = Priority health
health-intro = When everything is urgent, nothing is. Here stands how much is called urgent, and what that does to the tickets that really are. It counts tickets, never people.
health-alarm = Far too much is called urgent: { $urgent } of the last { $tickets } tickets, where { $expected } would be usual. Tickets that really are urgent wait longer for it.
health-shares = How urgent tickets are
health-share = Share
health-count = Tickets
health-tickets =
    { $count ->
        [one] { $count } ticket without spam
       *[other] { $count } tickets without spam
    }
health-nothing = No tickets came in.
health-longer = Urgent waits { $by } % longer than it would if { $quota } % of the tickets were urgent.
health-shorter = Urgent waits { $by } % less than it would if { $quota } % of the tickets were urgent.
health-as-meant = Urgent waits as long as you meant it to, with { $quota } % of the tickets.
health-busy = Your team is { $busy } % busy: { $tickets } tickets a week, { $minutes } minutes each as measured, { $hours } hours in this week’s roster.
health-busy-assumed = Your team is { $busy } % busy: { $tickets } tickets a week, { $minutes } minutes each (assumed, too few answers were measured), { $hours } hours in this week’s roster.
health-busy-over = More comes in than this week’s roster can do, so that the numbers are the best case.
health-busy-unknown = How busy your team is cannot be said without a roster; { $busy } % is assumed. The busier it is, the more urgent tickets lose.
health-how = How this is worked out
health-sum = Wait of urgent tickets over the wait without priorities: (1 − busy) ÷ (1 − busy × share called urgent), after Cobham. Busy { $busy }, called urgent { $urgent }, quota { $quota }. In effect { $levels } levels are in use.
health-weeks = Week by week
health-weeks-words = The mark stands at { $quota } %. “Too many” means more than chance allows.
health-urgent = Called urgent
health-effect = What it does
health-above = too many
health-last = Of the last { $tickets } tickets { $urgent } are urgent. With a quota of { $quota } %, so many or more come by chance in { $chance } of cases. Below 5 % you are told.
health-quota-title = How much may be urgent
health-quota-words = The desk tells leads when clearly more than this is called urgent. 5 % is usual.
health-quota = Of a hundred tickets

# What the roster refuses.
error-day = Please write a day such as 2026-11-23.
error-days-backwards = It ends before it begins.
error-days-long = Two years are the most.
error-shift-hours = Please write it as 09:00-17:00.
error-shift-long = A shift has at most 16 hours.
error-roster-decided-what = Somebody was quicker
error-roster-decided-safe = Nothing was changed: it was decided, taken or withdrawn in the meantime.
error-roster-decided-next = Go back and look how it stands now.
error-roster-oneself-what = That needs somebody else
error-roster-oneself-safe = Nothing was changed: nobody stands in for themselves.
error-roster-oneself-next = Go back and choose another person.
error-roster-no-day-what = There is no such shift on that day
error-roster-no-day-safe = Nothing was changed.
error-roster-no-day-next = Go back and look at your shifts: the roster may have changed.

# Mails to colleagues.
letter-roster-subject = { $brand }: news of the roster
letter-roster-body =
    Hello { $name },

    { $news }

    See it here: { $link }
roster-day-form = %-d %B %Y
roster-absence-asked = { $who } would like to be away: { $days }.
roster-absence-withdrawn = { $who } will not be away after all: { $days }.
roster-absence-approved = Your absence is approved: { $days }.
roster-absence-declined = Your absence is declined: { $days }.
roster-absence-open = Your absence is being looked at again: { $days }.
roster-deputy = { $who } is away, and you stand in: { $days }.
roster-swap-taken = { $other } would take the shift of { $who }: { $days }.
roster-swap-given-back = Nobody takes the shift of { $who } any more: { $days }.
roster-swap-approved = { $other } works in place of { $who }: { $days }.
roster-swap-declined = The shift stays with { $who }: { $days }.
roster-swap-withdrawn = { $who } keeps the shift: { $days }.
roster-swap-lapsed = The swap of the shift of { $who } is off, because the roster changed: { $days }.
roster-swap-on-offer = { $who } offers the shift again: { $days }.
roster-swap-open = The swap of { $who } and { $other } is being looked at again: { $days }.

# Staff planning.
staff-title = Staff planning
staff-week = { $from } to { $to }
staff-weeks = Weeks
staff-before = Earlier
staff-after = Later
staff-days = { $from } to { $to }
plan-intro = What comes in, who is needed so that your promises are kept, and who is there.
plan-no-hours = First: when are you open?
plan-no-hours-words = Until then weekdays from 9 to 17 are assumed.
plan-no-roster = Nobody has written when people work. Add shifts to the roster, and they stand beside what is needed.
plan-too-little = Not enough data yet: { $weeks } whole weeks with { $tickets } tickets. It takes 3 weeks and 100 tickets. Until then the usual pattern of a small shop stands here.
plan-forecast = Expected
plan-forecast-from = { $tickets } tickets, from your last { $weeks } weeks
plan-forecast-assumed = { $tickets } tickets (assumed)
plan-handle = One answer takes
plan-handle-measured = { $minutes } minutes on average, measured with { $answers } answers
plan-handle-assumed = { $minutes } minutes (assumed: fewer than 30 answers were measured)
plan-hours = Hours of people
plan-hours-of = { $there } in the roster, { $need } needed
plan-fit = How well the pattern fits
plan-fit-unknown = not known yet
plan-fit-good = well (scatter { $index }; 1 is chance alone)
plan-fit-loose = loosely (scatter { $index }; 1 is chance alone): single days differ for reasons of their own
plan-need-title = Needed and there
plan-there = people there
plan-short = there, but fewer than needed
plan-need = people needed
plan-chart = { $day }: people needed and people there by half hour. The table below holds the numbers.
plan-closed = closed
plan-day = { $there } h there, { $need } needed
plan-table = The numbers as a table
plan-hour = Time
plan-cell = { $there } of { $need }
plan-how = How this is worked out
plan-how-words = Expected is the mean of each weekday over the last eight whole weeks, spread by the pattern of the day that weekdays share. One answer takes what was measured: the time from opening a ticket to the last word before sending, without drafts that lay for hours; work done elsewhere is not in it. People spend 85 % of their time in tickets. Needed are the fewest people with whom every ticket is begun within 70 % of what the level for everybody promises, tickets that came while you were closed included; at least one while you are open.
plan-moves = What would help
plan-move = Move somebody from { $from } to { $to }.
plan-missing = Somebody is missing: { $when }.
plan-missing-more = And { $count } more stretches without somebody.
plan-skill-missing = Nobody with the skill “{ $skill }” is in the roster on: { $days }.
plan-spare = One more than needed: { $when }.
plan-fits = The roster fits what is needed.
plan-make = Make a shift plan
plan-title = Shift plan
plan-title-words = Made for this week: every half hour has the people that it needs, each open day has somebody with each skill where that can be, nobody works more than 40 hours or 5 days, eleven hours lie between two shifts, and whoever is away is away. The roster changes only when you say so below.
plan-best = { $hours } hours of people; there is no better plan.
plan-good = { $hours } hours of people; the best plan that was found in ten seconds.
plan-skill-without = Nobody with the skill “{ $skill }” works on: { $days }.
plan-with-break = { $hours }, break { $break }
plan-ics = As a calendar (.ics)
plan-csv = As a table (.csv)
plan-trouble-closed = You are closed all week.
plan-trouble-nobody = Nobody works here yet.
plan-trouble-short = With the people you have this week cannot be planned. What is missing:
plan-trouble-cannot = With the people you have this week cannot be planned: what holds for shifts and people leaves no plan.
plan-trouble-way-out = More people, longer promises or fewer absences would help.
plan-trouble-large = These are more people and shifts than the planner can weigh at once.
plan-trouble-long = The planner found no plan in its time. With fewer people or shorter opening hours it would.
plan-lack-people = { $day }, { $from } to { $to }: { $need } needed, { $there } possible beside everything else. Could have a shift then: { $people }.
plan-lack-nobody = { $day }, { $from } to { $to }: { $need } needed, and nobody can have a shift then.
plan-lack-hours = The week needs { $need } hours of people at least; together they have { $have }.
plan-lack-idle = { $person } is to work { $least } hours at least; { $most } are possible.
plan-lack-more = And { $count } more.

# The roster.
roster-title = Roster
roster-intro = Who works when. Times are those of your shop.
roster-decide = Waits for you
roster-approve = Approve
roster-refuse = Decline
roster-hours = { $hours } hours in this week
roster-hours-of = { $hours } h
roster-for = { $hours } for { $name }
roster-is-away = away
roster-away = Away
roster-away-none = Nobody is away or will be.
shift-person = Who
shift-hours = Hours
shift-hours-hint = Such as 09:00-17:00; 22:00-06:00 goes past midnight.
shift-days = Every week on
shift-days-hint = Tick none for one day alone.
shift-first = First day
shift-last = Last day
shift-last-hint = Empty goes on and on.
shift-add = Add the shift
shift-add-title = Add a shift
shift-title = { $name }, { $hours }
shift-change-words = Days that are over change with it. To keep them, set a last day and add another shift.
shift-remove = Take it away
shift-remove-row = No longer needed?
shift-remove-words = The whole shift goes, on all its days. You can bring it back.
done-shift-added = The shift is added.
absence-kind = Why
absence-leave = Leave
absence-sick = Ill
absence-other = Other
absence-first = First day away
absence-last = Last day away
absence-last-hint = Empty is one day.
absence-deputy = Who stands in
absence-deputy-hint = Sees their tickets in “Next for you”.
absence-deputy-is = { $name } stands in
absence-no-deputy = nobody stands in
absence-note = Note
absence-note-hint = Leads read it, nobody else.
absence-asked = waits for a lead
absence-approved = approved
absence-declined = declined
absence-withdrawn = taken back
absence-withdraw = Take it back
absence-note-it = Note it
absence-add-title = Somebody is away
absence-add-words = What you note here holds at once. Only leads and the person read why.
absence-ask = Send
absence-ask-title = I will be away
absence-ask-words = Leave waits for a lead. If you are ill, it holds at once. Only you and leads read why.
done-absence-noted = Noted, and whoever stands in hears of it.
done-absence-asked = Sent.
done-approved = Approved. Those concerned hear of it.
done-declined = Declined. Those concerned hear of it.
done-roster-taken-back = Taken back.

# One's own shifts.
shifts-title = My shifts
shifts-row = When you work, being away, swaps.
shifts-open = Open
shifts-intro = Your next four weeks.
shifts-next = Next
shifts-none = No shift of yours is in the roster. Leads write it.
shifts-today = today
shifts-file = In your own calendar
shifts-file-words = A file with these shifts.
feed-title = Your calendar reads along
feed-none = No address yet
feed-since = There is an address since { $when }
feed-words = Add the address to your calendar program, and your shifts of the next four weeks stand there and change with the roster. It shows your shifts alone, to whoever has it.
feed-make = Make an address
feed-anew = Make it anew
feed-anew-title = Make the address anew?
feed-anew-words = Calendars that read the address you have now stop at once.
feed-end = Switch it off
feed-new = The address of your shifts
feed-new-words = Copy it now: it is shown this once. In your calendar program choose “subscribe” or “add by URL”.
done-feed-ended = The address leads nowhere now.
shifts-taken-from = taken from { $name }
shifts-you-are-away = you are away
shifts-away = You are away until { $day }. Tickets are not handed to you.
shifts-deputy = You stand in
shifts-stands-in = For { $name }
shifts-absences = Being away
shifts-absences-none = Nothing is planned.
swap-title = Swaps
swap-offer = Offer to others
swap-offered = on offer
swap-yours-offered = You offer this shift
swap-others-offer = { $name } offers this shift
swap-question = { $taker } would work in place of { $name }
swap-approved = { $taker } works in place of { $name }
swap-declined = The shift stays with { $name }
swap-lapsed = Off: the roster changed, and { $name } does not have this shift any more
swap-take = I take it
swap-give-back = Rather not
swap-keep = Keep it after all
swap-decide = Decide
done-offered = Offered. Everybody sees it in “My shifts”.
done-swap-taken = A lead decides; then it is yours.

# While somebody is away.
ticket-away = { $name } is away until { $day }
ticket-away-deputy = { $name } is away until { $day }, { $deputy } stands in
next-stands-in = you stand in for { $name }
done-away = You are away, so nothing is handed to you. Take your absence back in “My shifts” first.

# How tickets find their people.
queue-mode-title = Who gets the next ticket
queue-mode-words = Where the desk hands tickets out, it gives them to people who are on shift by the roster, or were here within half an hour where they have no shifts: never to anybody who is away, never beyond the limit above, and only what they may answer.
queue-mode = Mode
queue-mode-pull = People take the next one
queue-mode-round-robin = The desk gives one to each in turn
queue-mode-least-loaded = The desk gives it to whoever has the fewest

# A plan becomes the roster.
adopt-title = Make this the roster
adopt-words = The shifts of the plan are written into the roster of the weeks that you choose. What stands there rests in those weeks and is back when you take the plan back. Breaks are not written.
adopt-weeks = For
adopt-weeks-hint = The same days in each week. If somebody is away or you are closed, that shift is left out, and you see it first.
adopt-button = Make this the roster
adopt-confirm-title = Before the roster changes
adopt-confirm-words = { $shifts } shifts would be written. Below stands what does not fit or would rest. Nothing has changed yet.
adopt-confirm = Make it the roster all the same
adopt-leave = Leave it as it is
adopt-changed = The roster changed since you looked. This is how it stands now.
adopt-left-out = Left out of the plan
adopt-replaced = Rests in these weeks
adopt-swap = a swap is under way or agreed
adopted = This week comes from a shift plan
adopted-words = { $weeks ->
    [one] For one week. What stood there before rests, and is there again when you take the plan back.
   *[other] For { $weeks } weeks. What stood there before rests, and is there again when you take the plan back.
}
adopted-began = Its weeks have begun, so it stays. Single shifts can still be changed.
adopted-back = Take the plan back
done-adopted = The plan is the roster now.
done-adopted-already = The roster is exactly so already.
error-plan-weeks = Choose one to eight weeks that have not begun yet.
error-plan-nothing = Nothing of the plan can be kept in these weeks: everybody in it is away then, or you are closed.
error-plan-outdated-what = The plan no longer fits
error-plan-outdated-safe = Nothing was changed: since the plan was made, the opening hours, the people, their hours or their absences changed, or the roster did after you looked.
error-plan-outdated-next = Go back and make the plan again.

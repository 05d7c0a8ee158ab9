# Times in words. "{ $time }" is a clock time such as 09:12.
time-just-now = just now
time-minutes = { $count } min
time-hours = { $count } h
time-hours-minutes = { $hours } h { $minutes }
time-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
time-minutes-ago = { $count } min ago
time-hours-ago = { $count } h ago
time-days-ago =
    { $count ->
        [one] { $count } day ago
       *[other] { $count } days ago
    }
time-in-minutes = in { $count } min
time-in-hours = in { $count } h
time-in-days =
    { $count ->
        [one] in { $count } day
       *[other] in { $count } days
    }
time-today = today { $time }
time-yesterday = yesterday { $time }
time-tomorrow = tomorrow { $time }
time-yesterday-alone = yesterday
time-tomorrow-alone = tomorrow
time-day-and-time = { $day } { $time }
time-date-and-time = { $day }, { $time }
time-day = { $day } { $month }
time-day-with-year = { $day } { $month } { $year }
time-full-date = { $day } { $month } { $year }
time-monday = Monday
time-tuesday = Tuesday
time-wednesday = Wednesday
time-thursday = Thursday
time-friday = Friday
time-saturday = Saturday
time-sunday = Sunday
time-january = January
time-february = February
time-march = March
time-april = April
time-may = May
time-june = June
time-july = July
time-august = August
time-september = September
time-october = October
time-november = November
time-december = December
time-jan = Jan
time-feb = Feb
time-mar = Mar
time-apr = Apr
time-may-short = May
time-jun = Jun
time-jul = Jul
time-aug = Aug
time-sep = Sep
time-oct = Oct
time-nov = Nov
time-dec = Dec

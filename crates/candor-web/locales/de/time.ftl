# Times in words. "{ $time }" is a clock time such as 09:12.
time-just-now = gerade eben
time-minutes = { $count } Min.
time-hours = { $count } Std.
time-hours-minutes = { $hours } Std. { $minutes }
time-days =
    { $count ->
        [one] { $count } Tag
       *[other] { $count } Tage
    }
time-minutes-ago = vor { $count } Min.
time-hours-ago = vor { $count } Std.
time-days-ago =
    { $count ->
        [one] vor { $count } Tag
       *[other] vor { $count } Tagen
    }
time-in-minutes = in { $count } Min.
time-in-hours = in { $count } Std.
time-in-days =
    { $count ->
        [one] in { $count } Tag
       *[other] in { $count } Tagen
    }
time-today = heute { $time }
time-yesterday = gestern { $time }
time-tomorrow = morgen { $time }
time-yesterday-alone = gestern
time-tomorrow-alone = morgen
time-day-and-time = { $day } { $time }
time-date-and-time = { $day }, { $time }
time-day = { $day }. { $month }
time-day-with-year = { $day }. { $month } { $year }
time-full-date = { $day }. { $month } { $year }
time-monday = Montag
time-tuesday = Dienstag
time-wednesday = Mittwoch
time-thursday = Donnerstag
time-friday = Freitag
time-saturday = Samstag
time-sunday = Sonntag
time-january = Januar
time-february = Februar
time-march = März
time-april = April
time-may = Mai
time-june = Juni
time-july = Juli
time-august = August
time-september = September
time-october = Oktober
time-november = November
time-december = Dezember
time-jan = Jan.
time-feb = Feb.
time-mar = März
time-apr = Apr.
time-may-short = Mai
time-jun = Juni
time-jul = Juli
time-aug = Aug.
time-sep = Sept.
time-oct = Okt.
time-nov = Nov.
time-dec = Dez.

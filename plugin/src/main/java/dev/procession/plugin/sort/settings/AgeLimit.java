package dev.procession.plugin.sort.settings;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A moment that the user gives as an age before now, or as a day. */
final class AgeLimit {
    private static final Pattern AGE = Pattern.compile("([0-9]{1,6})\\s*(min|h|d|w|m|y)");
    private static final long NANOS = 1_000_000_000L;

    private final Choices choices;
    private final Instant now;
    private final ZoneId zone;

    AgeLimit(Choices choices, Instant now, ZoneId zone) {
        this.choices = choices;
        this.now = now;
        this.zone = zone;
    }

    /** Nanoseconds since the epoch. */
    long nanos(String element, @Nullable String typed, long otherwise) {
        if (typed == null || typed.isBlank()) {
            return otherwise;
        }
        try {
            Instant moment = moment(typed.trim());
            if (moment != null) {
                return Math.addExact(Math.multiplyExact(moment.getEpochSecond(), NANOS), moment.getNano());
            }
        } catch (DateTimeException | ArithmeticException e) {
            // No day that there is.
        }
        choices.problem(
                element,
                "must be an age such as 90min, 12h, 30d, 2w, 6m (months) or 1y, or a day such as 2024-01-31",
                typed);
        return otherwise;
    }

    private @Nullable Instant moment(String text) {
        Matcher age = AGE.matcher(text);
        if (age.matches()) {
            int count = Integer.parseInt(age.group(1));
            ZonedDateTime here = now.atZone(zone);
            return (switch (age.group(2)) {
                        case "min" -> here.minusMinutes(count);
                        case "h" -> here.minusHours(count);
                        case "d" -> here.minusDays(count);
                        case "w" -> here.minusWeeks(count);
                        case "m" -> here.minusMonths(count);
                        default -> here.minusYears(count);
                    })
                    .toInstant();
        }
        return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
                ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                : null;
    }
}

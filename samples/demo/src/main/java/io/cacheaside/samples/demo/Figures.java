package io.cacheaside.samples.demo;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the shop counted itself: reads of pages, how many of them the cache answered, statements sent to the database. */
record Figures(long reads, long hits, long statements) {

    static final Figures NONE = new Figures(0, 0, 0);

    private static final Pattern NUMBER = Pattern.compile("\"(reads|hits|statements)\":(\\d+)");

    static Figures parse(String json) throws IOException {
        Figures figures = NONE;
        int found = 0;
        for (Matcher m = NUMBER.matcher(json); m.find(); found++) {
            figures = figures.plus(of(m.group(1), Long.parseLong(m.group(2))));
        }
        if (found != 3) {
            throw new IOException("not the figures of a shop: " + json);
        }
        return figures;
    }

    Figures plus(Figures other) {
        return new Figures(reads + other.reads, hits + other.hits, statements + other.statements);
    }

    Figures minus(Figures other) {
        return new Figures(reads - other.reads, hits - other.hits, statements - other.statements);
    }

    double hitRate() {
        return reads == 0 ? 0 : (double) hits / reads;
    }

    private static Figures of(String name, long number) {
        return switch (name) {
            case "reads" -> new Figures(number, 0, 0);
            case "hits" -> new Figures(0, number, 0);
            default -> new Figures(0, 0, number);
        };
    }
}

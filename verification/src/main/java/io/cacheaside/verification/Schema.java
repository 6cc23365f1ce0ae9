package io.cacheaside.verification;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The outbox's table as its module defines it. */
final class Schema {

    private Schema() {}

    /** The statements for {@code database}. */
    static String[] of(String database) {
        String place = "/io/cacheaside/jdbc/outbox-" + database.toLowerCase(Locale.ROOT) + ".sql";
        try (InputStream in = Schema.class.getResourceAsStream(place)) {
            if (in == null) {
                throw new IllegalStateException("no " + place);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?m)^--.*$", "")
                    .strip()
                    .split(";\\s*", 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

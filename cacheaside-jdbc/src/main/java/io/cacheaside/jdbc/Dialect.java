package io.cacheaside.jdbc;

import io.cacheaside.error.OutboxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;

/** What differs between the databases. */
enum Dialect {
    /** Skips locked rows since 2.2.220. */
    H2("current_timestamp", 2, 2),
    /** The time of the statement, not that of the transaction's begin. */
    POSTGRESQL("clock_timestamp()", 9, 5);

    private static final String FIRST_H2_WITH_SKIP_LOCKED = "2.2.220";

    private final String now;
    private final int major;
    private final int minor;

    Dialect(String now, int major, int minor) {
        this.now = now;
        this.major = major;
        this.minor = minor;
    }

    /**
     * The dialect of {@code connection}'s database.
     *
     * @throws OutboxException for one that is not known or cannot skip locked rows
     */
    static Dialect of(Connection connection) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        String name = database.getDatabaseProductName();
        for (Dialect dialect : values()) {
            if (dialect.name().equalsIgnoreCase(name)) {
                dialect.checkVersion(database);
                return dialect;
            }
        }
        throw new OutboxException("Durable invalidations need H2 or PostgreSQL; this database is " + name);
    }

    private void checkVersion(DatabaseMetaData database) throws SQLException {
        int foundMajor = database.getDatabaseMajorVersion();
        int foundMinor = database.getDatabaseMinorVersion();
        String version = database.getDatabaseProductVersion();
        if (foundMajor < major
                || foundMajor == major && foundMinor < minor
                || this == H2 && skipsNoLocks(version, foundMajor, foundMinor)) {
            throw new OutboxException(
                    "Durable invalidations need FOR UPDATE SKIP LOCKED: " + database.getDatabaseProductName() + " "
                            + (this == H2 ? FIRST_H2_WITH_SKIP_LOCKED : major + "." + minor) + " or newer; this is "
                            + version);
        }
    }

    /** Of 2.2 the first builds cannot; the build number is the third part of the version. */
    private static boolean skipsNoLocks(String version, int major, int minor) {
        if (major != 2 || minor != 2) {
            return false;
        }
        String build = version.replaceFirst("^2\\.2\\.", "").replaceFirst("[^0-9].*", "");
        return build.isEmpty() || Integer.parseInt(build) < 220;
    }

    /** The expression for the database's present time. */
    String now() {
        return now;
    }

    /** True where the table may be made without being asked for: databases of tests and demonstrations. */
    boolean createsTable() {
        return this == H2;
    }

    /** Place of the table's definition on the class path. */
    String schemaPlace() {
        return "io/cacheaside/jdbc/outbox-" + name().toLowerCase(Locale.ROOT) + ".sql";
    }

    /** The statements of the table's definition. */
    String[] schema() {
        String place = "/" + schemaPlace();
        try (InputStream in = Objects.requireNonNull(Dialect.class.getResourceAsStream(place), place)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.replaceAll("(?m)^--.*$", "").strip().split(";\\s*", 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

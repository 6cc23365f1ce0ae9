package io.cacheaside.verification.history.documents;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table of one side. Takes part in the caller's transaction if there is one. */
public class Rows {

    private final JdbcTemplate jdbc;
    private final long longestPauseNanos;
    private final String select;
    private final String raise;
    private final String raiseAll;

    /**
     * Rows of {@code table}.
     *
     * @param longestPauseMillis what {@link #find} rests at most, before and after its statement together
     */
    public Rows(JdbcTemplate jdbc, String table, int longestPauseMillis) {
        this.jdbc = jdbc;
        this.longestPauseNanos = TimeUnit.MILLISECONDS.toNanos(longestPauseMillis);
        this.select = "select version from " + table + " where id = ?";
        this.raise = "select version from final table (update " + table + " set version = version + 1 where id = ?)";
        this.raiseAll = "select id, version from final table (update " + table
                + " set version = version + 1 where id between ? and ? and mod(id, 2) = 1)";
    }

    /** Makes {@code table} with {@code keys} rows in version 0. */
    public static void create(JdbcTemplate jdbc, String table, int keys) {
        jdbc.execute("create table " + table + " (id int primary key, version int not null)");
        jdbc.batchUpdate(
                "insert into " + table + " values (?, 0)",
                IntStream.range(0, keys).mapToObj(id -> new Object[] {id}).toList());
    }

    /** Loads a document: slow, as loads are. */
    public Document find(int id) {
        long pause = longestPauseNanos == 0 ? 0 : ThreadLocalRandom.current().nextLong(longestPauseNanos);
        long before = pause == 0 || ThreadLocalRandom.current().nextBoolean()
                ? 0
                : ThreadLocalRandom.current().nextLong(pause);
        rest(before);
        int version = version(id);
        rest(pause - before);
        return Document.of(id, version);
    }

    /** The version that the database has now. */
    public int version(int id) {
        return number(select, id);
    }

    /** Adds one to the version and returns it. */
    public int raise(int id) {
        return number(raise, id);
    }

    /** Adds one to the version of each document of {@code span} in one statement, and returns the versions by id. */
    public Map<Integer, Integer> raiseAll(Shelves.Span span) {
        Map<Integer, Integer> versions = new HashMap<>();
        jdbc.query(
                raiseAll,
                row -> {
                    versions.put(row.getInt(1), row.getInt(2));
                },
                span.first(),
                span.last());
        return versions;
    }

    /** As {@link #raise}, resting afterwards, as a method that has more to do; the row is locked meanwhile in a transaction. */
    public Document raiseSlowly(int id) {
        int version = raise(id);
        rest(longestPauseNanos == 0 ? 0 : ThreadLocalRandom.current().nextLong(longestPauseNanos));
        return Document.of(id, version);
    }

    private int number(String statement, int id) {
        Integer number = jdbc.queryForObject(statement, Integer.class, id);
        if (number == null) {
            throw new IllegalStateException("no version of " + id);
        }
        return number;
    }

    private static void rest(long nanos) {
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
        }
    }
}

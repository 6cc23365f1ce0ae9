package io.cacheaside.aspect.warm;

import io.cacheaside.error.ConfigurationException;
import io.cacheaside.hot.HotCalls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Where a warmer learns which calls to make. Read anew for each run, on one thread. */
public interface WarmSource {

    /**
     * Returns where nothing is known that would make {@link #read} fail each time. May look at files and databases.
     *
     * @throws ConfigurationException with every mistake
     */
    default void check() {}

    /**
     * Tells {@code calls} of each call. What was told before an exception is made all the same.
     *
     * @throws Exception where not all calls could be told
     */
    void read(Calls calls) throws Exception;

    /** Takes the calls of one source. */
    interface Calls {

        /** Takes a call to make; false where no more are wanted. */
        boolean add(WarmCall call, @Nullable Object[] arguments);

        /** Takes notice of something that is no call; the reason is logged. */
        void skip(String why);

        /** How long the run goes on at most. */
        Duration remaining();
    }

    /** These argument sets. */
    static WarmSource of(WarmCall call, Collection<Object[]> arguments) {
        return calls -> {
            for (Object[] each : arguments) {
                if (!calls.add(call, each)) {
                    return;
                }
            }
        };
    }

    /**
     * Each row of {@code sql} is the arguments of a call, column by column. Runs on a connection of its own, which is given
     * back before the first call is made.
     */
    static WarmSource query(WarmCall call, DataSource dataSource, String sql) {
        return new QuerySource(call, dataSource, sql);
    }

    /**
     * Each line of {@code file}, in UTF-8, is the arguments of a call as an {@link io.cacheaside.hot.ArgumentLine}. Empty
     * lines and those that begin with {@code #} are not looked at.
     */
    static WarmSource file(WarmCall call, Path file) {
        return new FileSource(call, file);
    }

    /**
     * The hottest calls of {@code cache}, recorded by all JVMs in the last days.
     *
     * @param calls the methods of this cache; recorded calls of others are skipped
     */
    static WarmSource hotCalls(String cache, HotCalls recorded, List<WarmCall> calls) {
        return new HotCallsSource(cache, recorded, calls);
    }
}

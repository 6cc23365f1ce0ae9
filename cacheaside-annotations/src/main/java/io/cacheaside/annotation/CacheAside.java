package io.cacheaside.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A read method whose results are kept in the cache. A call looks its key up; only on a miss the method runs, once for
 * all JVMs that miss the key at the same time, and its result is stored unless an {@link Invalidate} method finished
 * meanwhile.
 *
 * <p>Every mistake in these attributes is reported when the application starts, all of them in one message. Exceptions
 * of the method reach the caller as thrown and are never stored. Durations are written {@code 500ms}, {@code 30s},
 * {@code 5m}, {@code 24h}, {@code 7d} or in ISO-8601 ({@code PT5M}).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CacheAside {

    /**
     * Key template: literal text with {@code #name}, {@code #p0}, {@code #name.path.to[0].value}, {@code #method},
     * {@code #class}; {@code ##} is a literal {@code #}; <code>#{…}</code> is a SpEL expression and needs
     * spring-expression on the class path. Two placeholders need a {@code :} between them, so that different arguments
     * never render the same key. A call whose key contains a null runs the method uncached.
     */
    String key();

    /**
     * Lifetime of a stored value. Empty: the cache's configured one, else {@code cacheaside.defaults.ttl} (5m).
     * There is always one: zero, negative and infinite are refused.
     *
     * <p>Or one that each value has of its own: <code>#{…}</code> is SpEL over the arguments and {@code #result} that gives a
     * Duration, a text like those above, or null for the configured one; it goes before the configuration. A result for
     * which it gives anything else, or fails, is returned and not stored.
     */
    String ttl() default "";

    /** What {@link #ttl} is counted from. Default: the cache's configured way, else {@link Expiry#AFTER_WRITE}. */
    Expiry expiry() default Expiry.CONFIGURED;

    /**
     * How long a value lives at most that is read again and again, with {@link Expiry#AFTER_ACCESS}. Empty: the cache's
     * configured one, else 24h. Refused with {@link Expiry#AFTER_WRITE}.
     */
    String maxLifetime() default "";

    /**
     * Templates of tags, with the grammar of {@link #key}; over the arguments only, and only over what the key names. An entry
     * is registered under its tags before it is loaded, and {@link Invalidate#tags} removes all entries of a tag, of whatever
     * caches. Refused with {@link Expiry#AFTER_ACCESS} and with a TTL of each value's own, and where two methods with one key
     * template have different tags.
     */
    String[] tags() default {};

    /**
     * Name of the cache for configuration and metrics. Empty: the template's literal head before the first {@code #}
     * without the last {@code :} ({@code user} of {@code user:#id}). The template must start with {@code <cache>:}.
     */
    String cache() default "";

    /** How long an absent result (null, an empty Optional) is remembered. Empty: absent results are not stored. */
    String nullTtl() default "";

    /**
     * How long past {@link #ttl} the old value may still answer when the method throws. Empty: never, the exception
     * reaches the caller. A value that was invalidated never answers so.
     */
    String staleFor() default "";

    /**
     * How long before its end a value that is read is loaded again in the background: {@code 20%} of its lifetime, or
     * {@code 10s}. The read is answered at once; one background load in all JVMs replaces the value. The method runs on
     * another thread, with the same arguments and without the caller's transaction, request or security context. Empty: off.
     */
    String refreshAhead() default "";

    /**
     * Beta of XFetch: each reader takes a value for expired at random, the likelier the closer its end and the longer its
     * load, and has it loaded again as by {@link #refreshAhead}. 1 is the usual one, 0 turns it off. Default: the cache's
     * configured one, else off.
     */
    double earlyExpiration() default CONFIGURED;

    /** Stands for what the configuration says. */
    double CONFIGURED = Double.NEGATIVE_INFINITY;

    /**
     * Lifetime of the lease under which one load runs, renewed about every third of it while the method runs. Empty: 2s. It
     * bounds how long other JVMs wait for a JVM that died while loading.
     */
    String lease() default "";

    /**
     * How long a call waits for another call's load of the same key. Empty: 5s. When it is over the caller runs the
     * method itself and stores nothing.
     */
    String waitFor() default "";

    /**
     * How a miss is loaded for a caller whose transaction reads what others may not get: any but a read-only READ COMMITTED
     * one. Default: the cache's configured way, else {@link InsideTransaction#BYPASS}.
     */
    InsideTransaction insideTransaction() default InsideTransaction.CONFIGURED;

    /** SpEL over the arguments; when false the method runs without cache. Empty: always cached. */
    String condition() default "";

    /** SpEL over the arguments and {@code #result}; when true the result is not stored. Empty: always stored. */
    String unless() default "";

    /** See {@link CacheAside#expiry}. */
    enum Expiry {
        /** As {@code cacheaside.caches.<name>.expiry} or {@code cacheaside.defaults.expiry} says. */
        CONFIGURED,
        /** From the time at which the value was stored. */
        AFTER_WRITE,
        /**
         * From the last hit: a value that nobody reads for {@link CacheAside#ttl} is gone, and every value after
         * {@link CacheAside#maxLifetime}. Refused together with {@link CacheAside#nullTtl}, {@link CacheAside#staleFor},
         * {@link CacheAside#refreshAhead}, {@link CacheAside#earlyExpiration}, {@link CacheAside#tags} and a TTL of each
         * value's own.
         */
        AFTER_ACCESS
    }

    /** See {@link CacheAside#insideTransaction}. */
    enum InsideTransaction {
        /** As {@code cacheaside.caches.<name>.inside-transaction} or {@code cacheaside.defaults.inside-transaction} says. */
        CONFIGURED,
        /** The method runs in the caller's transaction, and nothing is stored. */
        BYPASS,
        /**
         * The method runs in a short read-only READ COMMITTED transaction of its own, on a second connection, and its
         * result is stored. Keys that the caller's transaction writes are read in that transaction all the same.
         */
        NEW_READ_TX
    }
}

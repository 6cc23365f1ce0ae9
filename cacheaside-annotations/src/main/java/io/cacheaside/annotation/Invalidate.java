package io.cacheaside.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A write method after which the named keys, or all keys of a cache, are removed from the cache. It acts when the method has finished, also when
 * it threw (an exception does not prove that nothing was written); inside a transaction after its completion, committed
 * or unknown, and not after a rollback. All keys of a call travel together.
 *
 * <p>When the method has returned and Redis acknowledged the removal, every read that starts afterwards, in any JVM,
 * sees this write or a later one. Argument keys are rendered on entry and on exit and both are removed, because
 * arguments are mutable.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Invalidate.List.class)
public @interface Invalidate {

    /**
     * One or more key templates as in {@link CacheAside#key()}; {@code #result} and paths below it are allowed. A key
     * with a null in it is skipped; {@code #result} keys of a call that threw are skipped too. Empty only with {@link #tags} or
     * {@link #all}.
     */
    String[] key() default {};

    /**
     * Templates of tags: all entries that were stored under one of them ({@link CacheAside#tags}) are removed after the write,
     * and their loads under way voided in all JVMs, whatever caches they are in. With the grammar of {@link #key}, and
     * {@code #result} as there. Goes with {@link #key}, {@link #condition} and {@link #onUnconfirmed} only: which keys a tag
     * has is not known before, so they can be neither marked nor noted.
     */
    String[] tags() default {};

    /** Name of the cache of which {@link #all} keys are removed. That of a {@link #key()} is known by its template. */
    String cache() default "";

    /**
     * True to remove all keys of {@link #cache()} instead of named ones, and to void its loads under way in all JVMs: for a
     * write that changes very many rows, or nobody knows which. It goes through all of Redis, twice; the method waits for it,
     * which with millions of keys takes seconds. Goes with {@link #condition()} and {@link #onUnconfirmed()} only: what is not
     * known by name can be neither marked nor noted nor queued.
     */
    boolean all() default false;

    /** SpEL over the arguments and {@code #result}; when false nothing is removed. Empty: always. */
    String condition() default "";

    /**
     * True to mark the keys before the commit (outside a transaction: before the method), so that not even a writer that
     * dies between commit and removal leaves something old behind. Costs one more round trip a write and nothing on
     * hits. The write fails, before it happened, where Redis cannot be asked ({@code StrictWriteException}). Keys of
     * {@code #result} need a surrounding transaction; outside one a key that only a changed argument brings up is removed
     * without having been marked.
     */
    boolean strict() default false;

    /**
     * How long after the removal nothing is stored under the keys, for loads that read a replica which may lag behind;
     * as {@code 500ms}, {@code 2s}. Empty: not at all.
     */
    String settle() default "";

    /**
     * True to note the removal in the outbox table, in the business transaction, so that it is delivered even if this
     * process dies right after the commit. Needs a transaction and an outbox.
     */
    boolean durable() default false;

    /**
     * True to remove the keys in the background, some time after the method has finished (in a transaction: after its
     * completion): for a fan-out to many keys, with {@link Each} for instance, of readers who can do without it for that time.
     * The keys are queued in this process, each once, and sent in batches at a bounded rate; the method waits only where the
     * queue is full. Until then every reader may get the old value, in the write's own process and transaction too. Nothing is
     * lost when the process ends in order. Not with {@code strict}, {@code settle}, {@code durable},
     * {@code onUnconfirmed = THROW}, {@code tags} and {@code all}.
     */
    boolean async() default false;

    /**
     * Whether the caller is told when Redis did not acknowledge the removal in time. The removal is kept and repeated in
     * either case.
     */
    OnUnconfirmed onUnconfirmed() default OnUnconfirmed.QUEUE;

    /** See {@link Invalidate#onUnconfirmed}. */
    enum OnUnconfirmed {
        /** The caller gets the method's result: the write has happened. It is logged and counted. */
        QUEUE,
        /**
         * The caller gets an {@code UnconfirmedInvalidationException}, after the commit where there is a transaction: the
         * write has happened all the same, but other JVMs may serve the old value for some time.
         */
        THROW
    }

    /** Container of repeated {@link Invalidate} annotations. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface List {
        /** The repeated annotations in source order. */
        Invalidate[] value();
    }
}

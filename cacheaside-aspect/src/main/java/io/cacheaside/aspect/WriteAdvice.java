package io.cacheaside.aspect;

import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.plan.WritePlan;
import io.cacheaside.engine.Loader;
import io.cacheaside.engine.Replacement;
import io.cacheaside.engine.StaleSet;
import io.cacheaside.engine.ThroughPath;
import io.cacheaside.engine.Write;
import io.cacheaside.error.OutboxException;
import io.cacheaside.error.StrictWriteException;
import io.cacheaside.error.UnconfirmedInvalidationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a write and invalidates its keys when it has finished, also when it threw: an exception does not prove that
 * nothing was written.
 */
final class WriteAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(WriteAdvice.class);

    private final CacheAsideClient client;
    private final Warnings warnings;

    WriteAdvice(CacheAsideClient client, Warnings warnings) {
        this.client = client;
        this.warnings = warnings;
    }

    /**
     * The method's result, or what it threw; nothing else, but for a {@link StrictWriteException} or an
     * {@link OutboxException}: before it has run, or, from within a commit, where its durable keys could not be noted; and for
     * an {@link UnconfirmedInvalidationException} where that is asked for.
     */
    @Nullable
    Object write(WritePlan plan, @Nullable Object[] args, Loader method) throws Throwable {
        if (plan.marksResultKeys() && !client.isInTransaction()) {
            throw new StrictWriteException(plan.where() + ": strict = true with a key of #result needs a surrounding"
                    + " transaction, because such a key is known only when the method has returned and has to be marked"
                    + " before the commit. Nothing was written. Begin a transaction, use keys of the arguments, or set"
                    + " strict = false");
        }
        if (plan.isDurable()) {
            client.requireOutbox(plan.where());
        }
        StaleKeys keys = new StaleKeys(plan, client, warnings);
        Write write = client.beginWrite(keys.onEntry(args));
        try (ThroughCall through = ThroughCall.begin(plan.through(), args)) {
            Object result;
            try {
                result = method.load();
            } catch (Throwable thrown) {
                try {
                    finish(plan, () -> finished(write, keys, keys.afterThrow(args), null));
                } catch (UnconfirmedInvalidationException unconfirmed) {
                    thrown.addSuppressed(unconfirmed);
                }
                throw thrown;
            }
            finish(plan, () -> finished(write, keys, keys.afterReturn(args, result), through.replacement(result)));
            return result;
        }
    }

    private void finished(Write write, StaleKeys keys, StaleSet atOnce, @Nullable Replacement replacement) {
        try {
            write.finished(atOnce, replacement);
        } finally {
            keys.later(client::removeLater);
        }
    }

    /** Runs a write with the lease of its key in hand before it begins its transaction. */
    @Nullable
    Object ahead(WritePlan plan, @Nullable Object[] args, Loader method) throws Throwable {
        WritePlan.Through through = plan.through();
        String key = through == null ? null : through.key().render(args, null);
        if (through == null || key == null) {
            return method.load();
        }
        try (ThroughPath.Ahead lease = through.path().ahead(key)) {
            return method.load();
        }
    }

    /**
     * The write has happened, or its exception is on its way: nothing that goes wrong here may take its place, but for
     * what has to stop the commit under way and what the writer has asked to be told.
     */
    private static void finish(WritePlan plan, Runnable finished) {
        try {
            finished.run();
        } catch (OutboxException | UnconfirmedInvalidationException e) {
            throw e;
        } catch (Throwable e) {
            LOG.error("{} could not invalidate its keys; readers may see old values", plan.where(), e);
        }
    }
}

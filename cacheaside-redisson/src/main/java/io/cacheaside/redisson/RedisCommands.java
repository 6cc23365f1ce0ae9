package io.cacheaside.redisson;

import io.cacheaside.error.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.BatchOptions;
import org.redisson.api.RFuture;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.ObjectParams;
import org.redisson.api.options.PlainOptions;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisTryAgainException;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.client.protocol.decoder.ListScanResult;
import org.redisson.client.protocol.decoder.ObjectListReplayDecoder;
import org.redisson.command.CommandAsyncExecutor;
import org.redisson.command.CommandBatchService;
import org.redisson.connection.MasterSlaveEntry;

/**
 * The commands that the adapter sends, always to the master of their key, each once: Redisson's own retries are off,
 * because a caller whose deadline is over has no use for them. With {@link Servers} the only place that knows Redisson's
 * command executor (decision 50).
 */
final class RedisCommands {

    /** How long after its deadline the answer to an ACQUIRE is still seen, so that the lease is released. */
    private static final Duration LATE_ANSWERS = Duration.ofSeconds(4);

    private static final RedisCommand<Object> GET = new RedisCommand<>("GET");
    private static final RedisCommand<Object> GETEX = new RedisCommand<>("GETEX");
    private static final RedisCommand<List<Object>> MGET =
            new RedisCommand<>("MGET", org.redisson.client.protocol.RedisCommands.MGET.getReplayMultiDecoder());
    private static final RedisCommand<List<Object>> EVALSHA =
            new RedisCommand<>("EVALSHA", new ObjectListReplayDecoder<>());
    private static final RedisCommand<List<Object>> EVAL = new RedisCommand<>("EVAL", new ObjectListReplayDecoder<>());
    private static final RedisCommand<Object> PUBLISH = new RedisCommand<>("PUBLISH");
    private static final RedisCommand<Long> DEL = new RedisCommand<>("DEL");
    private static final RedisCommand<Long> PTTL = new RedisCommand<>("PTTL");
    private static final RedisCommand<Object> INFO = new RedisCommand<>("INFO");
    private static final RedisCommand<Object> PING = new RedisCommand<>("PING");

    /** How many names SCAN looks at in one step, in well under a millisecond. */
    private static final int NAMES_PER_PAGE = 1_000;

    /** Redis writes the score of each, too, which takes longer than the name: a page of so many takes well under a millisecond. */
    private static final int MEMBERS_PER_PAGE = 250;

    private final CommandAsyncExecutor executor;
    private final Servers servers;
    private final BatchOptions pipeline;
    private volatile Consumer<Throwable> failures = failure -> {};

    RedisCommands(RedissonClient client, Duration longestDeadline) {
        if (!(client instanceof Redisson redisson)) {
            throw new ConfigurationException("RedissonSlots needs a client made by Redisson.create, not a "
                    + client.getClass().getName());
        }
        Duration timeout = longestDeadline.plus(LATE_ANSWERS);
        ObjectParams once =
                (ObjectParams) PlainOptions.name("cacheaside").retryAttempts(0).timeout(timeout);
        pipeline = BatchOptions.defaults().retryAttempts(0).responseTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        executor = redisson.getCommandExecutor().copy(once);
        servers = new Servers(executor);
    }

    CommandAsyncExecutor executor() {
        return executor;
    }

    /** Tells {@code watch} of each failure of a script. */
    void onFailure(Consumer<Throwable> watch) {
        failures = watch;
    }

    /** The client's connections; counted strictly where the client is one of {@link RedissonClients}. */
    Connections connections() {
        if (executor.getServiceManager().getCfg().getNettyHook() instanceof Connections counted) {
            return counted;
        }
        Connections told = new Connections();
        executor.getServiceManager().getConnectionEventsHub().addListener(told);
        return told;
    }

    /** Ends what {@link #connections} began. */
    void forget(Connections connections) {
        if (!executor.getServiceManager().isShuttingDown()) {
            executor.getServiceManager().getConnectionEventsHub().removeListener(System.identityHashCode(connections));
        }
    }

    /** Which masters there are. */
    Servers servers() {
        return servers;
    }

    /** Completes when {@code master} answers. */
    CompletableFuture<Object> ping(@Nullable MasterSlaveEntry master) {
        if (master == null) {
            return CompletableFuture.failedFuture(new RedisConnectionException("no master is known"));
        }
        RFuture<Object> answer = executor.writeAsync(master, StringCodec.INSTANCE, PING);
        return answer.toCompletableFuture();
    }

    /** What {@code master} says of itself in one section. */
    CompletableFuture<String> info(MasterSlaveEntry master, String section) {
        RFuture<String> answer = executor.writeAsync(master, StringCodec.INSTANCE, INFO, section);
        return answer.toCompletableFuture();
    }

    /** The value of {@code key}; fails with {@link #isForeignType} where it is no string. */
    CompletableFuture<byte @Nullable []> get(String key) {
        RFuture<byte @Nullable []> answer = executor.writeAsync(key, ByteArrayCodec.INSTANCE, GET, bytes(key));
        return answer.toCompletableFuture();
    }

    /** As {@link #get}, and the value stays for {@code idleMillis} from then on. */
    CompletableFuture<byte @Nullable []> getAndTouch(String key, long idleMillis) {
        return getAndTouch(executor, key, idleMillis);
    }

    private static CompletableFuture<byte @Nullable []> getAndTouch(
            CommandAsyncExecutor through, String key, long idleMillis) {
        RFuture<byte @Nullable []> answer =
                through.writeAsync(key, ByteArrayCodec.INSTANCE, GETEX, key, "PX", idleMillis);
        return answer.toCompletableFuture();
    }

    /**
     * The values of {@code keys} as {@link #getAll}, then those of {@code touched}, which stay for so many milliseconds from
     * then on. One pipeline, sent when all of it is written down. Not in a cluster.
     */
    CompletableFuture<List<byte @Nullable []>> getAll(String[] keys, List<Map.Entry<String, Long>> touched) {
        CommandBatchService batch = executor.createCommandBatchService(pipeline);
        List<CompletableFuture<List<byte @Nullable []>>> parts = new ArrayList<>();
        if (keys.length > 0) {
            parts.add(getAll(batch, keys));
        }
        for (Map.Entry<String, Long> one : touched) {
            parts.add(getAndTouch(batch, one.getKey(), one.getValue()).handle(RedisCommands::single));
        }
        batch.executeAsync();
        return CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new))
                .thenApply(done ->
                        parts.stream().flatMap(part -> part.join().stream()).toList());
    }

    /** As MGET has it: nothing where the value is foreign. */
    private static List<byte @Nullable []> single(byte @Nullable [] value, @Nullable Throwable failure) {
        if (failure != null && !isForeignType(failure)) {
            throw failure instanceof RuntimeException e ? e : new CompletionException(failure);
        }
        return Collections.singletonList(value);
    }

    /** The values of {@code keys}, in their order, with null for what is missing or foreign. Not in a cluster. */
    CompletableFuture<List<byte @Nullable []>> getAll(String[] keys) {
        return getAll(executor, keys);
    }

    private static CompletableFuture<List<byte @Nullable []>> getAll(CommandAsyncExecutor through, String[] keys) {
        RFuture<List<byte @Nullable []>> answer =
                through.writeAsync(keys[0], ByteArrayCodec.INSTANCE, MGET, bytes(keys));
        return answer.toCompletableFuture();
    }

    /** One page of the names that match {@code pattern} on {@code master}; "0" begins a pass and ends it. */
    CompletableFuture<ListScanResult<String>> scan(MasterSlaveEntry master, String cursor, String pattern) {
        RFuture<ListScanResult<String>> answer = executor.writeAsync(
                master,
                StringCodec.INSTANCE,
                org.redisson.client.protocol.RedisCommands.SCAN,
                cursor,
                "MATCH",
                pattern,
                "COUNT",
                NAMES_PER_PAGE);
        return answer.toCompletableFuture();
    }

    /** One page of the members of the sorted set {@code index}; "0" begins a pass and ends it. */
    CompletableFuture<ListScanResult<String>> members(String index, String cursor) {
        RFuture<ListScanResult<String>> answer = executor.writeAsync(
                index,
                StringCodec.INSTANCE,
                org.redisson.client.protocol.RedisCommands.ZSCAN,
                index,
                cursor,
                "COUNT",
                MEMBERS_PER_PAGE);
        return answer.toCompletableFuture();
    }

    /** The answer of {@code script}: byte[], Long, or a list of them. All keys hash to the slot of the first. */
    CompletableFuture<Object> run(Script script, List<Object> keys, Object... arguments) {
        Object[] words = words(script.sha1(), keys, arguments);
        String slot = (String) keys.get(0);
        RFuture<Object> answer = executor.writeAsync(slot, ByteArrayCodec.INSTANCE, EVALSHA, words);
        CompletableFuture<Object> result = new CompletableFuture<>();
        answer.whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else if (isNoScript(failure)) {
                words[0] = script.source();
                RedisLink.sent(() -> executor.<List<Object>, Object>writeAsync(
                                        slot, ByteArrayCodec.INSTANCE, EVAL, words)
                                .toCompletableFuture())
                        .whenComplete((late, secondFailure) -> settle(result, late, secondFailure));
            } else {
                failures.accept(failure);
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    private static Object[] bytes(String[] words) {
        return Arrays.stream(words).map(RedisCommands::bytes).toArray();
    }

    private static Object[] words(String script, List<Object> keys, Object[] arguments) {
        Object[] words = new Object[2 + keys.size() + arguments.length];
        words[0] = script;
        words[1] = keys.size();
        int at = 2;
        for (Object key : keys) {
            words[at++] = bytes(key);
        }
        for (Object argument : arguments) {
            words[at++] = bytes(argument);
        }
        return words;
    }

    /** Redisson allocates a buffer outside the heap for each text that it sends. */
    private static Object bytes(Object word) {
        return word instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : word;
    }

    static boolean isForeignType(Throwable failure) {
        String message = failure.getMessage();
        return message != null && message.startsWith("WRONGTYPE");
    }

    /** True where what hinders a script of many keys may be one of them: none of the others is to suffer for it. */
    static boolean concernsOneKey(Throwable failure) {
        return isMoving(failure) || String.valueOf(told(failure).getMessage()).contains("WRONGTYPE");
    }

    private static boolean isNoScript(Throwable failure) {
        String message = failure.getMessage();
        return message != null && message.startsWith("NOSCRIPT");
    }

    /** True where the keys of a script may be on two nodes, because the cluster moves their slot. */
    static boolean isMoving(Throwable failure) {
        Throwable told = told(failure);
        // the second one is met by a script that removes a key and then looks at it
        return told instanceof RedisTryAgainException
                || String.valueOf(told.getMessage()).contains(" non local key ");
    }

    private static Throwable told(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private void settle(CompletableFuture<Object> result, Object value, @Nullable Throwable failure) {
        if (failure == null) {
            result.complete(value);
        } else {
            failures.accept(failure);
            result.completeExceptionally(failure);
        }
    }

    /** Removes {@code key}; answers how many there were. */
    CompletableFuture<Long> delete(String key) {
        RFuture<Long> answer = executor.writeAsync(key, StringCodec.INSTANCE, DEL, key);
        return answer.toCompletableFuture();
    }

    /** How many milliseconds {@code name}, which has the slot of {@code key}, stays; -1: for ever, -2: it is not there. */
    CompletableFuture<Long> remaining(String key, String name) {
        RFuture<Long> answer = executor.writeAsync(key, StringCodec.INSTANCE, PTTL, name);
        return answer.toCompletableFuture();
    }

    CompletableFuture<Object> publish(String channel, String message) {
        RFuture<Object> answer = executor.writeAsync(channel, StringCodec.INSTANCE, PUBLISH, channel, message);
        return answer.toCompletableFuture();
    }

    /** What the master of {@code key} says of itself. */
    CompletableFuture<String> info(String key, String section) {
        RFuture<String> answer = executor.writeAsync(key, StringCodec.INSTANCE, INFO, section);
        return answer.toCompletableFuture();
    }
}

package io.cacheaside.test;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cacheaside.CacheAsideClient;
import io.cacheaside.engine.ReadPath;
import io.cacheaside.error.CodecException;
import io.cacheaside.memory.MemorySlots;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.spi.Ticker;
import io.cacheaside.spi.ValueCodec;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Entries that cannot be read and values that cannot be written: returned, counted, told once. */
class EntryTroubleTest {

    private static final String KEY = TestJvm.key("k");

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.cacheaside.engine.Entries");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final MemorySlots memory = new MemorySlots(Ticker.system());
    private final CountingListener events = new CountingListener();
    private final List<CacheAsideClient> clients = new ArrayList<>();

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void close() {
        logger.detachAppender(logged);
        clients.forEach(CacheAsideClient::close);
    }

    private List<String> warnings() {
        return List.copyOf(logged.list).stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private CacheAsideClient client(ValueCodec codec) {
        CacheAsideClient client = CacheAsideClient.builder()
                .namespace("test")
                .store(memory.store())
                .leases(memory.leases())
                .codec(codec)
                .listener(events)
                .build();
        clients.add(client);
        return client;
    }

    private static ReadPath reads(CacheAsideClient client, Type type, int maxPayload) {
        return client.readPath(
                client.policyOf(
                        "race", CacheSettings.builder().maxPayload(maxPayload).build()),
                type);
    }

    private static @Nullable Object read(ReadPath reads, String key, Object loaded) throws Exception {
        try {
            return reads.read(key, () -> loaded, null);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void unreadableEntries_areMissesThatAreToldOncePerCauseAndType() throws Exception {
        CacheAsideClient client = client(new Refusing(false));
        ReadPath texts = reads(client, String.class, 100);
        ReadPath alsoTexts = reads(client, String.class, 100);
        ReadPath numbers = reads(client, Integer.class, 100);
        for (int i = 0; i < 3; i++) {
            assertThat(read(texts, KEY, "value " + i)).isEqualTo("value " + i);
            assertThat(read(alsoTexts, KEY, "more")).isEqualTo("more");
        }
        assertThat(read(numbers, KEY, 1)).isEqualTo(1);

        assertThat(events.count("unreadable")).isGreaterThanOrEqualTo(6);
        assertThat(warnings())
                .hasSize(2)
                .anySatisfy(text -> assertThat(text).contains("'race'", KEY, "java.lang.String (payload)", "a miss"))
                .anySatisfy(text -> assertThat(text).contains("java.lang.Integer (payload)"));
    }

    @Test
    void unwritableValues_areReturnedAndNotStored_andToldOncePerType() throws Exception {
        ReadPath reads = reads(client(new Refusing(true)), Object.class, 100);
        for (int i = 0; i < 3; i++) {
            assertThat(read(reads, KEY, "value " + i)).isEqualTo("value " + i);
            assertThat(read(reads, KEY, i)).isEqualTo(i);
        }

        assertThat(memory.store().get(KEY).join()).isNull();
        assertThat(events.count("unwritable")).isEqualTo(6);
        assertThat(warnings())
                .hasSize(2)
                .anySatisfy(text -> assertThat(text).contains("java.lang.String under key " + KEY))
                .anySatisfy(text -> assertThat(text).contains("java.lang.Integer under key " + KEY));
    }

    @Test
    void payloadOverTheLimitOfTheCache_isNotStored() throws Exception {
        CacheAsideClient client = client(new JavaSerializationCodec());
        String large = "x".repeat(200);

        assertThat(read(reads(client, String.class, 200), KEY, large)).isEqualTo(large);
        assertThat(memory.store().get(KEY).join()).isNull();
        assertThat(events.count("unwritable")).isEqualTo(1);

        assertThat(read(reads(client, String.class, 300), KEY, large)).isEqualTo(large);
        assertThat(memory.store().get(KEY).join()).isNotNull();
        assertThat(read(reads(client, String.class, 300), KEY, "other")).isEqualTo(large);
    }

    @Test
    void entryOverTheLimitOfTheCache_isAMiss() throws Exception {
        CacheAsideClient client = client(new JavaSerializationCodec());
        String large = "x".repeat(200);
        read(reads(client, String.class, 300), KEY, large);

        assertThat(read(reads(client, String.class, 200), KEY, "small")).isEqualTo("small");
        assertThat(warnings()).singleElement().asString().contains("java.lang.String (size)");
    }

    /** Refuses to write, or to read. */
    private record Refusing(boolean whenWriting) implements ValueCodec, ValueCodec.ValueFormat {

        @Override
        public ValueFormat formatOf(Type type) {
            return this;
        }

        @Override
        public long fingerprint() {
            return 1;
        }

        @Override
        public byte[] encode(Object value) {
            if (whenWriting) {
                throw new CodecException("refused");
            }
            return new byte[1];
        }

        @Override
        public Object decode(byte[] bytes, int offset, int length) {
            throw new CodecException("refused");
        }
    }
}

package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.FillOutcome;
import io.cacheaside.test.EmbeddedRedis;
import io.cacheaside.test.SlotsUnderTest;
import io.cacheaside.test.WholeCacheContract;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RedissonWholeCacheTest extends WholeCacheContract {

    @Override
    protected SlotsUnderTest openSlots() {
        return SharedRedis.slots();
    }

    /** What only the passes over a real Redis can get wrong. */
    @Nested
    class Passes extends OwnRedis {

        private static final Pattern SCANS = Pattern.compile("cmdstat_scan:calls=(\\d+)");
        private static final int FOREIGN_KEYS = 200_000;
        private static final int NAMES_PER_PAGE = 1_000;

        private final EmbeddedRedis redis = redis();
        private final RedissonSlots slots = slots(redis);

        private int scans() {
            Matcher calls = SCANS.matcher(String.valueOf(redis.command("INFO", "commandstats")));
            return calls.find() ? Integer.parseInt(calls.group(1)) : 0;
        }

        @Test
        void fillsDuringTheRemoval_leaveNothingBehind() {
            redis.command("DEBUG", "POPULATE", "" + FOREIGN_KEYS, "foreign", "1");
            List<String> keys =
                    IntStream.range(0, 60).mapToObj(i -> "own:user:" + i).toList();
            List<Long> holders =
                    keys.stream().map(key -> take(slots.leases(), key)).toList();
            CompletableFuture<Void> removal = slots.store().removeAll("own:user:");
            await("most of the first pass", () -> scans() > FOREIGN_KEYS / NAMES_PER_PAGE * 2 / 3);
            for (int i = 0; i < keys.size(); i++) {
                slots.store().fill(keys.get(i), holders.get(i), OwnRedis.bytes("old"), OwnRedis.LONG);
            }
            OwnRedis.answer(removal);
            assertThat(keys)
                    .allSatisfy(key -> assertThat(redis.command("EXISTS", key)).isEqualTo(0L));
            assertThat(OwnRedis.answer(
                            slots.store().fill(keys.get(0), holders.get(0), OwnRedis.bytes("old"), OwnRedis.LONG)))
                    .isEqualTo(FillOutcome.REVOKED);
        }
    }
}

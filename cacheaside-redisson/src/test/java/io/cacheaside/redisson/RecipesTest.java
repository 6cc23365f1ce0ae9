package io.cacheaside.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.spi.FillOutcome;
import io.cacheaside.test.EmbeddedRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the docs say to whoever has {@code redis-cli} and no client: the commands are taken from there. */
class RecipesTest extends OwnRedis {

    private static final Path DOCS = Path.of("../docs");

    private final EmbeddedRedis redis = redis();
    private final RedissonSlots slots = slots(redis);

    /** What group 1 of {@code pattern} finds on {@code page}, with the namespace and cache of this test. */
    private static List<String> ofDocs(String page, String pattern) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(Files.readString(DOCS.resolve(page)));
        return found.results()
                .map(result -> result.group(1).replace("shop:", "own:"))
                .toList();
    }

    private List<?> list(String... words) {
        return (List<?>) Objects.requireNonNull(redis.command(words));
    }

    private void assertVoid(String key, long holder) {
        assertThat(stored(slots.store(), key)).isNull();
        assertThat(answer(slots.store().fill(key, holder, bytes("old"), LONG))).isEqualTo(FillOutcome.REVOKED);
    }

    @Test
    void keysOfATag_areRemovedByTheCommandsOfTheDocs() throws Exception {
        put(slots, "own:account:7:en", "value");
        put(slots, "own:account:8:en", "value");
        long loading = take(slots.leases(), "own:account:7:de");
        slots.store()
                .tag(Map.of("own:user:42", List.of("own:account:7:en", "own:account:7:de")), LONG)
                .values()
                .forEach(OwnRedis::answer);

        String members =
                ofDocs("consistency.md", "(?m)^redis-cli (ZRANGE .*) \\|$").get(0);
        String removal = ofDocs("consistency.md", "read -r key; do redis-cli (DEL .*); done")
                .get(0);
        for (Object key : list(members.replace("'", "").split(" "))) {
            redis.command(
                    removal.replace("\"", "").replace("$key", key.toString()).split(" "));
        }

        assertThat(stored(slots.store(), "own:account:7:en")).isNull();
        assertVoid("own:account:7:de", loading);
        assertThat(stored(slots.store(), "own:account:8:en")).isEqualTo("value");
    }

    @Test
    void keysOfACache_areRemovedByTheCommandsOfTheDocs_leasesFirst() throws Exception {
        put(slots, "own:product:1", "value");
        put(slots, "own:products:1", "value");
        long loading = take(slots.leases(), "own:product:2");

        List<String> patterns = ofDocs("operations.md", "(?m)^redis-cli --scan --pattern '(.*)' +# DEL each$");
        assertThat(patterns).hasSize(2).first().asString().startsWith("cacheaside:lease:");
        for (String pattern : patterns) {
            List<?> found = (List<?>)
                    list("SCAN", "0", "MATCH", pattern, "COUNT", "100000").get(1);
            found.forEach(name -> redis.command("DEL", name.toString()));
        }

        assertThat(stored(slots.store(), "own:product:1")).isNull();
        assertVoid("own:product:2", loading);
        assertThat(stored(slots.store(), "own:products:1")).isEqualTo("value");
    }
}

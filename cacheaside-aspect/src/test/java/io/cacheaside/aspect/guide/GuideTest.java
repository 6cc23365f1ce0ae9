package io.cacheaside.aspect.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.Cache;
import io.cacheaside.CacheAsideClient;
import io.cacheaside.aspect.shop.Clients;
import io.cacheaside.aspect.shop.Events;
import io.cacheaside.aspect.spring.EnableCacheAside;
import io.cacheaside.entry.Cached;
import io.cacheaside.error.ConfigurationException;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.Expiry;
import io.cacheaside.test.StepTicker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;

class GuideTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private final Events events = new Events();
    private final StepTicker ticker = new StepTicker();
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    @Configuration(proxyBeanMethods = false)
    @EnableCacheAside(proxyTargetClass = true)
    static class Caching {}

    @BeforeEach
    void open() {
        context.registerBean(CacheAsideClient.class, () -> Clients.inMemory(events, ticker));
        context.registerBean(Guide.class);
        context.register(Caching.class);
        context.refresh();
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void wholeCache_isEmptyAfterTheImport() {
        Guide guide = context.getBean(Guide.class);
        assertThat(guide.rate("EUR", "USD")).isEqualTo(1.1);
        assertThat(guide.rate("EUR", "CHF")).isNull();
        guide.importRates(Map.of("EUR:USD", 1.2, "EUR:CHF", 0.94));
        assertThat(guide.rate("EUR", "USD")).isEqualTo(1.2);
        assertThat(guide.rate("EUR", "CHF")).isEqualTo(0.94);
    }

    @Test
    void tag_removesAllThatIsMadeOfTheUser() {
        Guide guide = context.getBean(Guide.class);
        guide.account(7, "en");
        guide.account(7, "de");
        guide.greeting(7);
        guide.renamePerson(7, "Eve");
        guide.changeSettings(7, "CHF");
        assertThat(guide.account(7, "en").toString()).contains("Eve", "CHF", "garden in en");
        assertThat(guide.account(7, "de").toString()).contains("Eve", "CHF", "garden in de");
        assertThat(guide.greeting(7)).isEqualTo("Hello Eve");
    }

    @Test
    void snippets_standInCodeThatIsTested() throws IOException {
        List<String> snippets = SNIPPET.matcher(Files.readString(ROOT.resolve("docs/guide.md")))
                .results()
                .map(MatchResult::group)
                .map(block -> plain(block.substring("```java".length(), block.length() - "```".length())))
                .toList();
        List<String> code = Stream.of(
                        "cacheaside-aspect/src/test", "cacheaside-spring-boot-starter/src/test", "samples")
                .flatMap(folder -> sources(ROOT.resolve(folder)))
                .toList();

        assertThat(snippets)
                .isNotEmpty()
                .allSatisfy(snippet -> assertThat(code).as(snippet).anyMatch(source -> source.contains(snippet)));
    }

    private static Stream<String> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(GuideTest::plainSource)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String plainSource(Path file) {
        try {
            return plain(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String plain(String code) {
        return code.strip().replaceAll("\\s+", " ");
    }

    @Test
    void write_removesThePartAndTheWhole() {
        Guide guide = context.getBean(Guide.class);
        guide.user(1);
        guide.card(1);
        guide.user(1);
        guide.card(1);
        assertThat(events.all()).containsExactly("miss user", "miss card", "hit user", "hit card");

        guide.rename(1, "Bea");

        assertThat(guide.user(1).name()).isEqualTo("Bea");
        assertThat(guide.card(1).name()).isEqualTo("Bea");
    }

    @Test
    void writeOfAPart_removesItsAggregate() {
        Guide guide = context.getBean(Guide.class);
        assertThat(guide.order(7)).isEqualTo(guide.order(7));
        assertThat(events.all()).containsExactly("miss order", "hit order");

        guide.changeLine(71, "chair");

        assertThat(guide.order(7).lines()).containsExactly("chair");
    }

    @Test
    void session_staysWhileItIsInUse_andGoesWithTheSignOut() {
        Guide guide = context.getBean(Guide.class);
        for (int i = 0; i < 3; i++) {
            assertThat(guide.session("t")).isEqualTo(new Guide.Session(1));
            ticker.step(Duration.ofMinutes(29));
        }
        assertThat(events.all()).containsExactly("miss session", "hit session", "hit session");

        guide.signOut("t");

        assertThat(guide.session("t")).isNull();
    }

    @Test
    void offer_staysAsLongAsItSays_andADraftDoesNot() {
        Guide guide = context.getBean(Guide.class);
        guide.fill(new Guide.Offer(1, 10, Duration.ofHours(10), false));
        guide.fill(new Guide.Offer(2, 10, Duration.ofHours(10), true));
        guide.fill(new Guide.Offer(3, 10, Duration.ZERO, false));
        for (long id = 0; id < 4; id++) {
            guide.offer(id);
            guide.offer(id);
        }
        assertThat(events.all())
                .containsExactly(
                        "miss offer",
                        "hit offer",
                        "miss offer",
                        "hit offer",
                        "miss offer",
                        "miss offer",
                        "miss offer",
                        "unusable ttl offer",
                        "miss offer",
                        "unusable ttl offer");

        ticker.step(Duration.ofHours(8));
        guide.offer(0);
        guide.offer(1);

        assertThat(events.all().subList(10, 12)).containsExactly("miss offer", "hit offer");
    }

    @Test
    void search_isStoredWhereItIsLongEnoughAndFindsSomethingOrNothing() {
        Guide guide = context.getBean(Guide.class);
        for (String text : List.of("la", "lamp", "sofa", "unknown")) {
            assertThat(guide.search(text)).isEqualTo(guide.search(text));
        }
        assertThat(events.all())
                .containsExactly(
                        "bypass search CONDITION",
                        "bypass search CONDITION",
                        "miss search",
                        "hit search",
                        "miss search",
                        "miss search",
                        "miss search",
                        "hit search");
    }

    @Test
    void valuesThatAreRefreshedEarly_areHitsAsOthers() {
        Guide guide = context.getBean(Guide.class);
        for (int i = 0; i < 2; i++) {
            assertThat(guide.dashboard("north")).isEqualTo(new Guide.Dashboard("north", 5));
            assertThat(guide.ranking("books").names()).containsExactly("booksAnn");
        }
        assertThat(events.all()).containsExactly("miss dashboard", "miss ranking", "hit dashboard", "hit ranking");
    }

    @Test
    void books_areFetchedTogether_andOnlyTheMissingOnesAreLoaded() {
        Guide guide = context.getBean(Guide.class);
        guide.book(2);
        assertThat(guide.books(List.of(3L, 2L, 9L, 1L)).keySet()).containsExactly(3L, 2L, 1L);
        assertThat(guide.books(List.of(1L, 9L))).hasSize(1);
        assertThat(guide.queries()).containsExactly(List.of(2L), List.of(3L, 9L, 1L));

        guide.saveBooks(List.of(new Guide.Book(1, "Persuasion"), new Guide.Book(9, "Middlemarch")));

        assertThat(guide.books(List.of(1L, 2L, 9L)))
                .extractingByKeys(1L, 9L)
                .extracting(Guide.Book::title)
                .containsExactly("Persuasion", "Middlemarch");
        assertThat(guide.queries()).endsWith(List.of(1L, 9L));
    }

    @Test
    void handle_sharesTheEntriesOfTheAnnotatedMethodsOfItsCache() {
        Guide guide = context.getBean(Guide.class);
        CacheAsideClient client = context.getBean(CacheAsideClient.class);
        Cache<Long, Guide.User> users = client.cache("user", Long.class, Guide.User.class);
        Guide.User ann = guide.user(1);

        assertThat(users.getOrLoad(1L, id -> null)).isEqualTo(ann);
        assertThat(users.peek(1L)).isEqualTo(Cached.of(ann));
        assertThat(users.explain(1L).ttl()).isEqualTo(Duration.ofMinutes(5));
        assertThat(client.getOrLoad("user:1", Guide.User.class, Duration.ofMinutes(1), key -> null))
                .isEqualTo(ann);

        guide.rename(1, "Bea");
        assertThat(users.getOrLoad(1L, id -> null)).isNull();
        Guide.User cy = new Guide.User(1, "Cy", "");
        users.getOrLoad(1L, id -> cy);
        assertThat(guide.user(1)).isEqualTo(cy);
        users.invalidate(1L);
        assertThat(guide.user(1).name()).isEqualTo("Bea");
    }

    @Test
    void handle_isCheckedTogetherWithTheAnnotatedMethods() {
        CacheAsideClient client = context.getBean(CacheAsideClient.class);
        assertThatThrownBy(() -> client.cache("user", Long.class, String.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cache 'user' would hold java.lang.String here and " + Guide.User.class.getName()
                        + " in " + Guide.class.getName() + ".user(long)");
        assertThatThrownBy(() -> client.cache(
                        "session",
                        String.class,
                        Guide.Session.class,
                        CacheSettings.builder().expiry(Expiry.AFTER_WRITE).build()))
                .hasMessageContaining("has expiry = AFTER_WRITE here and AFTER_ACCESS in " + Guide.class.getName()
                        + ".session(String)");
        assertThat(client.cache("session", String.class, Guide.Session.class).name())
                .isEqualTo("session");
    }

    @Test
    void annotatedMethod_isCheckedTogetherWithHandles() {
        try (CacheAsideClient client = Clients.inMemory(events);
                AnnotationConfigApplicationContext late = new AnnotationConfigApplicationContext()) {
            client.cache("user", Long.class, String.class);
            late.registerBean(CacheAsideClient.class, () -> client);
            late.registerBean(Guide.class);
            late.register(Caching.class);
            assertThatThrownBy(late::refresh)
                    .hasStackTraceContaining("cache 'user' would hold " + Guide.User.class.getName()
                            + " here and java.lang.String in Cache 'user' of Long to java.lang.String");
        }
    }

    @Test
    void writeAround_isSeenWhenTheTtlIsOver() {
        Guide guide = context.getBean(Guide.class);
        guide.price(1);

        guide.importPrice(1, 12);

        assertThat(guide.price(1)).isEqualTo(10);
        ticker.step(Duration.ofMillis(200));
        assertThat(guide.price(1)).isEqualTo(12);
    }

    @Test
    void writeThrough_isAHitAtOnce() {
        Guide guide = context.getBean(Guide.class);
        guide.find(1);

        guide.save(new Guide.Product(1, "Chair"));

        assertThat(guide.find(1).name()).isEqualTo("Chair");
        assertThat(events.all()).endsWith("hit product");
    }

    @Test
    void lateEvent_doesNotReplaceANewerOne() {
        Guide guide = context.getBean(Guide.class);
        guide.apply(new Guide.Stock(1, 5, 8));

        guide.apply(new Guide.Stock(1, 6, 7));

        assertThat(guide.stock(1)).isEqualTo(new Guide.Stock(1, 5, 8));
    }
}

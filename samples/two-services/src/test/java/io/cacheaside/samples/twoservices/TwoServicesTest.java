package io.cacheaside.samples.twoservices;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.cacheaside.samples.pages.Page;
import io.cacheaside.samples.pages.Pages;
import io.cacheaside.samples.pages.PagesApplication;
import io.cacheaside.samples.prices.Prices;
import io.cacheaside.samples.prices.PricesApplication;
import io.cacheaside.test.EmbeddedRedis;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class TwoServicesTest {

    private static final Path DOCS = Path.of("../../docs/consistency.md");
    private static final Path SCRIPTS = Path.of("../../cacheaside-redisson/src/main/resources/io/cacheaside/redisson");

    private static EmbeddedRedis redis;
    private static ConfigurableApplicationContext reading;
    private static ConfigurableApplicationContext writing;
    private static Pages pages;
    private static JdbcClient database;

    @BeforeAll
    static void start() {
        redis = EmbeddedRedis.start();
        reading = started(PagesApplication.application());
        writing = started(PricesApplication.application());
        pages = reading.getBean(Pages.class);
        database = reading.getBean(JdbcClient.class);
        database.sql("create table product (id bigint primary key, name varchar(40), price decimal(10, 2))")
                .update();
        database.sql("insert into product select x, 'Lamp No. ' || x, 10 from system_range(1, 50)")
                .update();
    }

    private static ConfigurableApplicationContext started(SpringApplicationBuilder service) {
        return service.run(
                "--spring.datasource.url=jdbc:h2:mem:two-services;DB_CLOSE_DELAY=-1",
                "--cacheaside.redis.address=" + redis.address(),
                "--logging.level.root=warn");
    }

    @AfterAll
    static void stop() {
        Stream.of(writing, reading).forEach(ConfigurableApplicationContext::close);
        redis.close();
    }

    @Test
    void services_haveNoClassInCommon() {
        slices().matching("io.cacheaside.samples.(*)")
                .should()
                .notDependOnEachOther()
                .check(new ClassFileImporter()
                        .importPackages("io.cacheaside.samples.pages", "io.cacheaside.samples.prices"));
    }

    @Test
    void priceChangedByTheWritingService_showsInTheReadingOne() {
        assertThat(price(1)).isEqualByComparingTo("10");
        changeUnnoticed(1, "11");
        assertThat(price(1)).as("cached").isEqualByComparingTo("10");

        writing.getBean(Prices.class).change(1, new BigDecimal("12"));

        assertThat(price(1)).isEqualByComparingTo("12");
    }

    @Test
    void commandOfTheDocs_removesWhatAThirdPartyHasWritten() throws Exception {
        price(42);
        changeUnnoticed(42, "13");

        redis.command(ofDocs("(?m)^DEL .*$").split(" "));

        assertThat(price(42)).isEqualByComparingTo("13");
    }

    @Test
    void scriptOfTheDocs_removesWhatAThirdPartyHasWritten() throws Exception {
        price(42);
        changeUnnoticed(42, "14");
        List<String> words = List.of(ofDocs("(?s)redis-cli --eval invalidate.lua.*?cacheaside:wake:shop")
                .replaceAll("[\\\\\\s]+", " ")
                .split(" "));
        int comma = words.indexOf(",");
        List<String> keys = words.subList(3, comma);
        List<String> arguments = words.subList(comma + 1, words.size());

        redis.command(Stream.of(
                        List.of("EVAL", Files.readString(SCRIPTS.resolve("invalidate.lua")), "" + keys.size()),
                        keys,
                        arguments)
                .flatMap(List::stream)
                .toArray(String[]::new));

        assertThat(price(42)).isEqualByComparingTo("14");
    }

    /** The first match in the docs, with this namespace and cache in the place of theirs. */
    private static String ofDocs(String pattern) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(Files.readString(DOCS));
        assertThat(found.find()).isTrue();
        return found.group().replace("shop:user:", "catalogue:product:").replace("wake:shop", "wake:catalogue");
    }

    private static void changeUnnoticed(long product, String price) {
        database.sql("update product set price = ? where id = ?")
                .params(new BigDecimal(price), product)
                .update();
    }

    private static BigDecimal price(long product) {
        return pages.page(product).map(Page::price).orElseThrow();
    }
}

package io.cacheaside.aspect.warm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.aspect.shop.Catalogue;
import io.cacheaside.error.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the calls of a run come from: files, queries, what was recorded. */
class WarmSourceTest extends WarmedShop {

    @TempDir
    Path folder;

    @Test
    void linesOfAFile_areArguments() throws Exception {
        Path file = Files.writeString(folder.resolve("products.tsv"), "# the best ones\n3\n\n4\n");
        WarmReport report = warmed(WarmSource.file(WarmCall.of(shop, "find(long)"), file));

        assertThat(report).hasToString(report.toString()).matches(WarmReport::isComplete);
        assertThat(report.succeeded()).isEqualTo(2);
    }

    @Test
    void mistakesInAFile_stopTheBuild_namingFileLineAndValue() throws Exception {
        Path file = Files.writeString(folder.resolve("products.tsv"), "3\nx\n4\t5\n\\N\n");
        WarmSource source = WarmSource.file(WarmCall.of(shop, "find"), file);

        assertThatThrownBy(() -> CacheWarmer.builder().source("best", source).build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "source 'best': file = " + file + ", line 2: 'x' is no long (parameter id of ",
                        "line 3: 2 values, and ",
                        "line 4: null is no long");
        assertThatThrownBy(() -> WarmSource.file(WarmCall.of(shop, "find"), folder.resolve("no.tsv"))
                        .check())
                .hasMessageContaining("no.tsv: no such file");
        assertThatThrownBy(
                        () -> WarmSource.file(WarmCall.of(shop, "find"), folder).check())
                .hasMessageContaining("cannot be read");
    }

    @Test
    void lineThatBecameWrong_isSkipped_andTheOthersAreWarmed() throws Exception {
        Path file = Files.writeString(folder.resolve("products.tsv"), "3\n");
        CacheWarmer warmer = CacheWarmer.builder()
                .source("best", WarmSource.file(WarmCall.of(shop, "find"), file))
                .build();
        Files.writeString(file, "x\n3\n4\n");
        WarmReport report = warmer.warm();

        assertThat(report.sources().get(0).skipped()).isEqualTo(1);
        assertThat(report.succeeded()).isEqualTo(2);
    }

    @Test
    void rowsOfAQuery_areArguments() throws Exception {
        JdbcDataSource database = database();
        WarmSource source = WarmSource.query(
                WarmCall.of(shop, "find"), database, "select id, from_db.id from (select 1 id) from_db");
        assertThatThrownBy(source::check)
                .hasMessageContaining("has 2 columns (ID, ID), and ")
                .hasMessageContaining("1 parameters");
        assertThatThrownBy(() -> WarmSource.query(WarmCall.of(shop, "find"), database, "select idd from product")
                        .check())
                .hasMessageContaining("query = select idd from product: ");
        assertThatThrownBy(
                        () -> WarmSource.query(WarmCall.of(shop, "find"), database, "select current_date from product")
                                .check())
                .hasMessageContaining("is of type java.sql.Date, which is no long (parameter id of ");

        WarmReport report =
                warmed(WarmSource.query(WarmCall.of(shop, "find"), database, "select id from product order by id"));
        assertThat(report.sources().get(0)).isEqualTo(new WarmReport.Source("it", 3, 3, 0, 1, null));
        assertThat(rows.reads()).isEqualTo(3);
    }

    @Test
    void columns_becomeWhatParametersAre() {
        UUID uuid = UUID.randomUUID();
        assertThat(ColumnValue.as(42, long.class)).isEqualTo(42L);
        assertThat(ColumnValue.as(new java.math.BigDecimal("42.00"), int.class)).isEqualTo(42);
        assertThat(ColumnValue.as("42", long.class)).isEqualTo(42L);
        assertThat(ColumnValue.as(uuid, String.class)).isEqualTo(uuid.toString());
        assertThat(ColumnValue.as(uuid.toString(), UUID.class)).isEqualTo(uuid);
        assertThat(ColumnValue.as(java.sql.Date.valueOf("2026-11-20"), LocalDate.class))
                .isEqualTo(LocalDate.of(2026, 11, 20));
        Instant now = Instant.parse("2026-11-20T10:00:00.5Z");
        assertThat(ColumnValue.as(java.sql.Timestamp.from(now), Instant.class)).isEqualTo(now);
        assertThatThrownBy(() -> ColumnValue.as(new java.math.BigDecimal("42.5"), long.class))
                .hasMessage("'42.5' is no long");
        assertThatThrownBy(() -> ColumnValue.as(1L << 40, int.class)).hasMessageContaining("is no int");
        assertThat(ColumnValue.fits("java.lang.String", long.class)).isTrue();
        assertThat(ColumnValue.fits("java.lang.Integer", String.class)).isTrue();
        assertThat(ColumnValue.fits("[B", String.class)).isFalse();
        assertThat(ColumnValue.fits("java.util.UUID", long.class)).isFalse();
    }

    @Test
    void recordedCalls_areMadeAgain() {
        shop.find(5);
        shop.find(5);
        shop.find(6);
        hot.close();
        slots.store().removeAll("shop:product:").join();
        int before = rows.reads();

        WarmReport report = warmed(WarmSource.hotCalls("product", hot, List.of(WarmCall.of(shop, "find"))));
        assertThat(report.succeeded()).isEqualTo(2);
        assertThat(rows.reads()).isEqualTo(before + 2);
        assertThat(warmed(WarmSource.hotCalls("product", hot, List.of()))
                        .sources()
                        .get(0)
                        .skipped())
                .isEqualTo(2);
    }

    @Test
    void snippetOfTheGuide_warmsHotCallsAndRows() throws Exception {
        Catalogue products = shop;
        JdbcDataSource database = database();
        Consumer<Duration> serving = bound -> {};
        products.find(9);
        hot.close();
        slots.store().removeAll("shop:product:").join();

        CacheWarmer warmer = CacheWarmer.builder()
                .source("hot", WarmSource.hotCalls("product", hot, List.of(WarmCall.of(products, "find"))))
                .source("best", WarmSource.query(WarmCall.of(products, "find"), database, "select id from product"))
                .policy(WarmPolicy.DEFAULTS.withConcurrency(8).withRate(500))
                .awaitServing(serving)
                .build();
        WarmReport report = warmer.warm();

        assertThat(report.isComplete()).isTrue();
        assertThat(report.succeeded()).isEqualTo(4);
    }

    @Test
    void methodThatIsNone_isRefused_namingTheReads() {
        assertThatThrownBy(() -> WarmCall.of(shop, "fetch"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("method = fetch: ")
                .hasMessageContaining("ShopService.find(long)");
    }

    private static JdbcDataSource database() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:warm;DB_CLOSE_DELAY=-1");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists product");
            statement.execute("create table product(id int)");
            statement.execute("insert into product values (1), (2), (3), (null)");
        }
        return database;
    }
}

package io.cacheaside.samples.plainshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlainShopTest {

    @Test
    void redisThatDoesNotRun_costsTheCacheAlone() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        PlainShop.run("redis://127.0.0.1:1", new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("9.99")
                .contains("1 from the database")
                .doesNotContain("1 from the cache");
    }
}

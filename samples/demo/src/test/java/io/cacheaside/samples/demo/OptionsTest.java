package io.cacheaside.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.samples.shop.SampleData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {

    @Test
    void noArguments_openOneShop() {
        Options options = Options.parse();

        assertThat(options.replay()).isFalse();
        assertThat(options.data()).isEqualTo(SampleData.DEFAULT);
    }

    @Test
    void trace_isAReplay(@TempDir Path directory) throws IOException {
        Path trace = Files.createFile(directory.resolve("day.trace.xz"));

        Options options = Options.parse("--trace", trace.toString(), "--format", "objects", "--seconds", "30");

        assertThat(options.replay()).isTrue();
        assertThat(options.format()).contains(TraceFormat.OBJECTS);
        assertThat(options.limit()).contains(Duration.ofSeconds(30));
    }

    @Test
    void redisWithoutScheme_getsOne() {
        assertThat(Options.parse("--redis", "cache:6379").redis()).contains("redis://cache:6379");
        assertThat(Options.parse("--redis", "rediss://cache:6379").redis()).contains("rediss://cache:6379");
    }

    @Test
    void mistakes_areNamed() {
        assertMistake("unknown option --fast", "--fast");
        assertMistake("--port needs a value", "--port");
        assertMistake("--port http is not a number from 1 to 65535", "--port", "http");
        assertMistake("cannot read the trace nowhere.xz", "--trace", "nowhere.xz");
        assertMistake("--format csv is none of ids, objects", "--format", "csv");
        assertMistake("--format belongs to --trace", "--format", "ids");
        assertMistake("--seconds belongs to --replay or --trace", "--seconds", "5");
    }

    private static void assertMistake(String message, String... arguments) {
        assertThatThrownBy(() -> Options.parse(arguments))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}

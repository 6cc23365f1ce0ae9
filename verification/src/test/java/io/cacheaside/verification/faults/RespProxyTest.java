package io.cacheaside.verification.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.test.EmbeddedRedis;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RespProxyTest {

    private static EmbeddedRedis redis;

    private RespProxy proxy;

    @BeforeAll
    static void startRedis() {
        redis = EmbeddedRedis.start("--maxmemory", "20mb");
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void startProxy() throws IOException {
        redis.command("FLUSHALL");
        proxy = new RespProxy(redis.port());
    }

    @AfterEach
    void stopProxy() throws IOException {
        proxy.close();
    }

    /** A connection to the proxy that sends words and reads whole replies. */
    private final class Client implements Closeable {

        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        private final FrameReader replies = new FrameReader(socket.getInputStream());

        Client() throws IOException {
            socket.setSoTimeout(10_000);
        }

        Client send(String... words) throws IOException {
            StringBuilder frame = new StringBuilder("*" + words.length + "\r\n");
            for (String word : words) {
                frame.append('$')
                        .append(word.length())
                        .append("\r\n")
                        .append(word)
                        .append("\r\n");
            }
            socket.getOutputStream().write(frame.toString().getBytes(StandardCharsets.ISO_8859_1));
            return this;
        }

        /** The next reply as it came; {@code "end"} where the connection ended instead. */
        String reply() throws IOException {
            try {
                byte[] frame = replies.next();
                return frame == null ? "end" : new String(frame, StandardCharsets.ISO_8859_1);
            } catch (java.net.SocketException reset) {
                return "end";
            }
        }

        /** True where nothing comes for a moment. */
        boolean hearsNothing() throws IOException {
            socket.setSoTimeout(100);
            try {
                reply();
                return false;
            } catch (SocketTimeoutException silence) {
                return true;
            } finally {
                socket.setSoTimeout(10_000);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static Verdict.Rule only(String name, Verdict verdict) {
        return request -> request.name().equals(name) ? verdict : Verdict.PASS;
    }

    @Test
    void requestsThatPass_areAnsweredInTheirOrder() throws Exception {
        try (Client client = new Client()) {
            client.send("SET", "k", "a\r\nb").send("GET", "k").send("MGET", "k", "no");
            assertThat(client.reply()).isEqualTo("+OK\r\n");
            assertThat(client.reply()).isEqualTo("$4\r\na\r\nb\r\n");
            assertThat(client.reply()).isEqualTo("*2\r\n$4\r\na\r\nb\r\n$-1\r\n");
            assertThat(proxy.troubled()).isZero();
        }
    }

    @Test
    void lostReply_leavesTheRequestExecutedAndTheConnectionEnded() throws Exception {
        proxy.rule(only("INCR", Verdict.LOSE));
        try (Client client = new Client()) {
            assertThat(client.send("INCR", "n").reply()).isEqualTo("end");
        }
        assertThat(redis.command("GET", "n")).isEqualTo("1");
        assertThat(proxy.troubled()).isOne();
    }

    @Test
    void cutRequest_isNotExecuted() throws Exception {
        proxy.rule(only("INCR", Verdict.CUT));
        try (Client client = new Client()) {
            assertThat(client.send("INCR", "n").reply()).isEqualTo("end");
        }
        assertThat(redis.command("GET", "n")).isNull();
    }

    @Test
    void mutedRequest_isExecutedInSilence_andTheNextOneFindsTheConnectionBroken() throws Exception {
        proxy.rule(only("INCR", Verdict.MUTE));
        try (Client client = new Client()) {
            assertThat(client.send("INCR", "n").hearsNothing()).isTrue();
            assertThat(redis.command("GET", "n")).isEqualTo("1");
            assertThat(client.send("PING").reply()).isEqualTo("end");
        }
    }

    @Test
    void swallowedRequests_areNeverExecuted_andNothingIsSaid() throws Exception {
        proxy.rule(request -> Verdict.SWALLOW);
        try (Client client = new Client()) {
            assertThat(client.send("INCR", "n").send("PING").hearsNothing()).isTrue();
            proxy.rule(Verdict.Rule.PASS_ALL);
            assertThat(client.send("PING").reply()).isEqualTo("end");
        }
        assertThat(redis.command("GET", "n")).isNull();
    }

    @Test
    void refusedRequest_isAnsweredInItsTurnWithoutTheServer() throws Exception {
        proxy.rule(only("INCR", new Verdict.Refuse("LOADING later")));
        try (Client client = new Client()) {
            client.send("PING").send("INCR", "n").send("PING").send("INCR", "n");
            assertThat(client.reply()).isEqualTo("+PONG\r\n");
            assertThat(client.reply()).isEqualTo("-LOADING later\r\n");
            assertThat(client.reply()).isEqualTo("+PONG\r\n");
            assertThat(client.reply()).isEqualTo("-LOADING later\r\n");
        }
        assertThat(redis.command("GET", "n")).isNull();
    }

    @Test
    void lateReply_isNotOvertakenInItsConnectionButByAnother() throws Exception {
        proxy.rule(only("GET", new Verdict.Late(Duration.ZERO, Duration.ofSeconds(1))));
        try (Client late = new Client();
                Client prompt = new Client()) {
            late.send("GET", "k").send("PING");
            assertThat(prompt.send("PING").reply()).isEqualTo("+PONG\r\n");
            assertThat(late.hearsNothing()).isTrue();
            assertThat(late.reply()).isEqualTo("$-1\r\n");
            assertThat(late.reply()).isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void repeatedRequest_isExecutedTwiceAndAnsweredOnce() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        proxy.rule(only("PUBLISH", new Verdict.Again(Duration.ofMillis(1))));
        try (Client listener = new Client();
                Client client = new Client()) {
            listener.send("SUBSCRIBE", "c");
            assertThat(listener.reply()).contains("subscribe");
            RespProxy.start("test-listener", () -> {
                while (listener.reply().contains("message")) {
                    twice.countDown();
                }
            });
            client.send("PUBLISH", "c", "m").send("PING");
            assertThat(client.reply()).isEqualTo(":1\r\n");
            assertThat(client.reply()).isEqualTo("+PONG\r\n");
            assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void refusingProxy_letsNobodyConnect_andComesBackOnItsPort() throws Exception {
        try (Client before = new Client()) {
            assertThat(before.send("PING").reply()).isEqualTo("+PONG\r\n");
            proxy.refuse();
            assertThat(before.reply()).isEqualTo("end");
            assertThatThrownBy(Client::new).isInstanceOf(ConnectException.class);
        }
        proxy.accept();
        try (Client after = new Client()) {
            assertThat(after.send("PING").reply()).isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void frames_areCutWhereTheyEnd_alsoThoseOfResp3() throws Exception {
        String[] frames = {
            "%1\r\n+a\r\n:1\r\n",
            "|1\r\n+ttl\r\n:9\r\n$1\r\nx\r\n",
            ">2\r\n+message\r\n$2\r\n\r\n\r\n",
            "_\r\n",
            "*-1\r\n"
        };
        FrameReader reader = new FrameReader(
                new ByteArrayInputStream(String.join("", frames).getBytes(StandardCharsets.ISO_8859_1)));
        for (String frame : frames) {
            assertThat(new String(reader.next(), StandardCharsets.ISO_8859_1)).isEqualTo(frame);
        }
        assertThat(reader.next()).isNull();
    }

    @Test
    void frameThatEndsEarly_isNoFrame() {
        FrameReader reader = new FrameReader(new ByteArrayInputStream("$5\r\nab".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(reader::next).isInstanceOf(java.io.EOFException.class);
    }

    @Test
    void scripts_areKnownByTheirNames() throws Exception {
        byte[] source = RespProxyTest.class
                .getResourceAsStream("/io/cacheaside/redisson/fill.lua")
                .readAllBytes();
        String text = new String(source, StandardCharsets.ISO_8859_1);
        String eval = "*2\r\n$4\r\neval\r\n$" + text.length() + "\r\n" + text + "\r\n";
        assertThat(Request.of(eval.getBytes(StandardCharsets.ISO_8859_1)).name())
                .isEqualTo("FILL");
        String unknown = "*2\r\n$7\r\nEVALSHA\r\n$1\r\nx\r\n";
        assertThat(Request.of(unknown.getBytes(StandardCharsets.ISO_8859_1)).name())
                .isEqualTo("EVALSHA");
    }
}

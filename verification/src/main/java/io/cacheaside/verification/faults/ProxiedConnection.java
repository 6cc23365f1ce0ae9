package io.cacheaside.verification.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** One connection of a {@link RespProxy}: a thread carries requests, another one replies. */
final class ProxiedConnection implements Closeable {

    /** A request that was not answered yet. */
    private record Pending(Request request, Verdict verdict) {}

    private final Socket client;
    private final Socket server;
    private final RespProxy proxy;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final ReentrantLock order = new ReentrantLock();
    private volatile boolean silent;
    private volatile boolean subscribed;

    ProxiedConnection(Socket client, Socket server, RespProxy proxy) throws IOException {
        this.client = client;
        this.server = server;
        this.proxy = proxy;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    void start() {
        RespProxy.start("proxy-requests", () -> untilTheEnd(this::requests));
        RespProxy.start("proxy-replies", () -> untilTheEnd(this::replies));
    }

    private void untilTheEnd(RespProxy.Work work) throws IOException {
        try {
            work.run();
        } finally {
            close();
        }
    }

    private void requests() throws IOException {
        FrameReader in = new FrameReader(client.getInputStream());
        for (byte[] frame = in.next(); frame != null; frame = in.next()) {
            Request request = Request.of(frame);
            Verdict verdict = proxy.verdict(request);
            if (verdict == Verdict.CUT || (silent && verdict != Verdict.SWALLOW)) {
                return; // who has lost something and hears of it now finds the connection broken
            }
            if (verdict == Verdict.SWALLOW) {
                silent = true;
            } else {
                take(request, verdict);
            }
        }
    }

    private void take(Request request, Verdict verdict) throws IOException {
        if (verdict instanceof Verdict.Late late) {
            rest(late.request());
        }
        subscribed |= request.subscribes();
        order.lock();
        try {
            pending.add(new Pending(request, verdict));
            answerRefused();
        } finally {
            order.unlock();
        }
        if (!(verdict instanceof Verdict.Refuse)) {
            server.getOutputStream().write(request.frame());
        }
        if (verdict instanceof Verdict.Again again) {
            RespProxy.start("proxy-again", () -> repeat(request, again.later()));
        }
    }

    /** Answers what the server never had, as far as everything before it is answered. */
    private void answerRefused() throws IOException {
        while (!pending.isEmpty() && pending.peek().verdict() instanceof Verdict.Refuse refuse) {
            pending.remove();
            forward(("-" + refuse.error() + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private void repeat(Request request, Duration later) throws IOException {
        rest(later);
        try (Socket another = proxy.another()) {
            another.getOutputStream().write(request.frame());
            new FrameReader(another.getInputStream()).next();
        }
    }

    private void replies() throws IOException {
        FrameReader in = new FrameReader(server.getInputStream());
        for (byte[] reply = in.next(); reply != null; reply = in.next()) {
            Verdict verdict = subscribed || reply[0] == '>' ? Verdict.PASS : answered();
            if (verdict == Verdict.LOSE) {
                return;
            }
            silent |= verdict == Verdict.MUTE;
            if (verdict instanceof Verdict.Late late) {
                rest(late.reply());
            }
            order.lock();
            try {
                pending.poll(); // not before the reply is through: what is refused meanwhile comes behind it
                forward(reply);
                answerRefused();
            } finally {
                order.unlock();
            }
        }
    }

    /** What was said of the request whose reply has come. */
    private Verdict answered() {
        order.lock();
        try {
            Pending first = pending.peek();
            return first == null ? Verdict.PASS : first.verdict();
        } finally {
            order.unlock();
        }
    }

    private void forward(byte[] reply) throws IOException {
        if (!silent) {
            OutputStream out = client.getOutputStream();
            out.write(reply);
        }
    }

    private static void rest(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Ends both sides. Harmless when repeated. */
    @Override
    public void close() {
        proxy.ended(this);
        for (Socket socket : new Socket[] {client, server}) {
            try {
                socket.close();
            } catch (IOException alreadyGone) {
                // that is what is wanted
            }
        }
    }
}

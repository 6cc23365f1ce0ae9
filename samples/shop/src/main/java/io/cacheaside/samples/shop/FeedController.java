package io.cacheaside.samples.shop;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Posts and feeds over HTTP. */
@RestController
@RequestMapping("/api")
class FeedController {

    private final Feeds feeds;

    FeedController(Feeds feeds) {
        this.feeds = feeds;
    }

    record NewPost(String text) {}

    @GetMapping("/customers/{id}/feed")
    List<Post> feed(@PathVariable int id) {
        return feeds.feed(id);
    }

    @PutMapping("/customers/{id}/follows/{maker}")
    void follow(@PathVariable int id, @PathVariable int maker) {
        feeds.follow(id, maker);
    }

    /** Who begins to follow at this very moment sees the post when the TTL of the feed is over. */
    @PostMapping("/makers/{maker}/posts")
    @ResponseStatus(HttpStatus.CREATED)
    void publish(@PathVariable int maker, @RequestBody NewPost wanted) {
        feeds.publish(new Post(maker, wanted.text()), feeds.followers(maker));
    }
}

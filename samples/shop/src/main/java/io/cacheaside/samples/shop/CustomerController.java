package io.cacheaside.samples.shop;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Profiles, sessions and options over HTTP. A sample: nobody is asked for a password. */
@RestController
@RequestMapping("/api")
class CustomerController {

    private final Customers customers;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Options options;

    CustomerController(Customers customers, Accounts accounts, Sessions sessions, Options options) {
        this.customers = customers;
        this.accounts = accounts;
        this.sessions = sessions;
        this.options = options;
    }

    record NewProfile(String name, String language) {}

    record NewSettings(String currency, boolean newsletter) {}

    record NewPreferences(String category, String theme) {}

    record SignIn(int customer) {}

    record Option(String value) {}

    @GetMapping("/customers/{id}")
    Profile profile(@PathVariable int id) {
        return customers.profile(id).orElseThrow(() -> missing("customer " + id));
    }

    @PutMapping("/customers/{id}")
    void change(@PathVariable int id, @RequestBody NewProfile wanted) {
        if (!customers.change(new Profile(id, wanted.name(), wanted.language()))) {
            throw missing("customer " + id);
        }
    }

    @GetMapping("/customers/{id}/account")
    Account account(@PathVariable int id) {
        return accounts.account(id).orElseThrow(() -> missing("customer " + id));
    }

    @PutMapping("/customers/{id}/settings")
    void change(@PathVariable int id, @RequestBody NewSettings wanted) {
        if (!accounts.change(new Account.Settings(id, wanted.currency(), wanted.newsletter()))) {
            throw missing("customer " + id);
        }
    }

    @PutMapping("/customers/{id}/preferences")
    void change(@PathVariable int id, @RequestBody NewPreferences wanted) {
        if (!accounts.change(new Account.Preferences(id, wanted.category(), wanted.theme()))) {
            throw missing("customer " + id);
        }
    }

    @PostMapping("/sessions")
    @ResponseStatus(HttpStatus.CREATED)
    Session signIn(@RequestBody SignIn wanted) {
        return sessions.begin(profile(wanted.customer()).id());
    }

    @GetMapping("/sessions/{token}")
    Session session(@PathVariable String token) {
        return sessions.find(token).orElseThrow(() -> missing("session"));
    }

    @DeleteMapping("/sessions/{token}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(@PathVariable String token) {
        sessions.end(token);
    }

    @GetMapping("/options/{name}")
    Option option(@PathVariable String name) {
        return new Option(options.value(name).orElseThrow(() -> missing("option " + name)));
    }

    @PutMapping("/options/{name}")
    void set(@PathVariable String name, @RequestBody Option wanted) {
        options.set(name, wanted.value());
    }

    private static ResponseStatusException missing(String what) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no " + what);
    }
}

package org.resilientmail.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One resolution from scratch: reads every source, checks every line, and decides for every account. */
final class Resolution {

    private final Problems problems = new Problems();
    private final List<Layer> layers;

    private Resolution(Map<String, Object> session, Map<String, Object> system, ClassLoader loader) {
        // sorted, so that the order of the mistakes does not depend on hash codes
        Layer fromSession = LayerReader.read(Origin.SESSION, new TreeMap<>(session), problems);
        Layer fromSystem = LayerReader.read(Origin.SYSTEM, new TreeMap<>(system), problems);
        layers = List.of(fromSession, fromSystem, file(fromSession, fromSystem, session, system, loader));
    }

    /**
     * Resolves properties that all have the prefix.
     *
     * @throws ConfigurationException if anything is wrong anywhere
     */
    static AccountConfigs of(Map<String, Object> session, Map<String, Object> system, ClassLoader loader) {
        return new Resolution(session, system, loader).resolve();
    }

    private Layer file(
            Layer fromSession,
            Layer fromSystem,
            Map<String, Object> session,
            Map<String, Object> system,
            ClassLoader loader) {
        String config = ConfigKeys.CONFIG.name();
        Entry named =
                fromSession.general().getOrDefault(config, fromSystem.general().get(config));
        if (named != null) {
            return ConfigKeys.CONFIG
                    .valueOf(named)
                    .map(path -> ConfigFile.named(named, path, problems))
                    .orElse(Layer.EMPTY);
        }
        boolean misnamed =
                session.containsKey(ConfigKeys.CONFIG.property()) || system.containsKey(ConfigKeys.CONFIG.property());
        // a name that was refused is a mistake already; another file's mistakes would only distract from it
        return misnamed ? Layer.EMPTY : ConfigFile.onClassPath(loader, problems);
    }

    private AccountConfigs resolve() {
        Effective forAll = Effective.general(layers, problems);
        ResilientConfig general = Assembler.assemble(forAll, problems);
        Map<AccountConfigs.Account, String> names = new LinkedHashMap<>();
        Map<AccountConfigs.Account, ResilientConfig> sections = new LinkedHashMap<>();
        for (String name : accountNames()) {
            ResilientConfig config = Assembler.assemble(Effective.account(layers, name, problems), problems);
            account(name, names).ifPresent(account -> {
                if (config != null) {
                    sections.put(account, config);
                }
            });
        }
        try {
            problems.throwIfAny();
        } catch (ConfigurationException faulty) {
            throw isSwitchedOff() ? faulty.whereSwitchedOff() : faulty;
        }
        return new AccountConfigs(Assembler.operation(forAll), general, sections);
    }

    private boolean isSwitchedOff() {
        return layers.stream()
                .map(layer -> layer.general().get(ConfigKeys.ENABLED.name()))
                .filter(Objects::nonNull)
                .findFirst()
                .map(nearest -> Boolean.FALSE.equals(nearest.value()))
                .orElse(false);
    }

    private Set<String> accountNames() {
        Set<String> names = new LinkedHashSet<>();
        for (Layer layer : layers) {
            names.addAll(layer.accounts().keySet());
        }
        return names;
    }

    /** What the section matches; empty if it matches nothing or what another one matches. */
    private Optional<AccountConfigs.Account> account(String name, Map<AccountConfigs.Account, String> names) {
        String section = ConfigKeys.PREFIX + ConfigKeys.ACCOUNT_PREFIX + name;
        Optional<Entry> host = nearest(name, Layer.HOST);
        if (host.isEmpty()) {
            // a host that was refused has been reported already, and adding one would be wrong advice
            if (!problems.concern(section + ".host")) {
                withoutHost(name, section);
            }
            return Optional.empty();
        }
        AccountConfigs.Account account = AccountConfigs.Account.of(
                ConfigKeys.HOST.valueOf(host.get()),
                nearest(name, Layer.USER).map(ConfigKeys.USER::valueOf).orElse(null));
        String other = names.putIfAbsent(account, name);
        if (other != null) {
            problems.add(
                    host.get(),
                    "matches the same host and user as " + ConfigKeys.PREFIX + ConfigKeys.ACCOUNT_PREFIX + other
                            + "; allowed: one section for each");
            return Optional.empty();
        }
        return Optional.of(account);
    }

    private void withoutHost(String name, String section) {
        Optional<Entry> any = layers.stream()
                .flatMap(layer -> layer.account(name).values().stream())
                .findFirst();
        any.ifPresent(entry -> problems.addKey(
                entry.property(), entry.origin(), "is in an account section without host; add " + section + ".host"));
    }

    private Optional<Entry> nearest(String account, String key) {
        return layers.stream()
                .map(layer -> layer.account(account).get(key))
                .filter(Objects::nonNull)
                .findFirst();
    }
}

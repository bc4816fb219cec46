package io.lookout.query.http;

import io.lookout.cluster.settings.Setting;

/** Whether a node answers some questions before anybody asks it any. */
public record WarmUpSettings(
    @Setting(
            name = "query.warmup",
            defaultValue = "true",
            help =
                "Whether a node that has become ready asks itself a few small questions, so that the"
                    + " first of others need not wait for code to be loaded.")
        boolean enabled) {}

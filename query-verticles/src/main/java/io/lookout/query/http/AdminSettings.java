package io.lookout.query.http;

import io.lookout.cluster.settings.Setting;

/** What an operator can set of the endpoints that change data. */
public record AdminSettings(
    @Setting(
            name = "admin.api.enabled",
            defaultValue = "false",
            help =
                "Whether /api/v1/admin/tsdb/ deletes series and makes snapshots; who can reach the"
                    + " port can, then.")
        boolean enabled) {}

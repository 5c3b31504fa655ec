package io.sallyport.proxy.config;

/** How a webhook's body is written. */
public enum WebhookFormat {
    /** Signed, with every field that an approver needs. */
    JSON,
    /** Block Kit, for an incoming webhook or a bot of Slack. */
    SLACK
}

/** A kind of integration, as `/api/alert-notifiers` of 12.3.0 lists it: which settings are secret, and which must be there. */
export interface IntegrationType {
  readonly secrets: readonly string[];
  /** Of each group at least one. */
  readonly needs: readonly (readonly string[])[];
}

const type = (secrets: readonly string[], ...needs: readonly (readonly string[])[]): IntegrationType => ({
  secrets,
  needs,
});

/** Contract 4.3. */
export const integrationTypes: Readonly<Record<string, IntegrationType>> = {
  LINE: type(['token'], ['token']),
  dingding: type(['url'], ['url']),
  discord: type(['url'], ['url']),
  email: type([], ['addresses']),
  googlechat: type(['url'], ['url']),
  jira: type(['user', 'password', 'api_token'], ['api_url'], ['project'], ['issue_type']),
  kafka: type(['password'], ['kafkaRestProxy'], ['kafkaTopic']),
  mqtt: type(
    ['password', 'tlsConfig.caCertificate', 'tlsConfig.clientCertificate', 'tlsConfig.clientKey'],
    ['brokerUrl'],
    ['topic'],
  ),
  oncall: type(['password', 'authorization_credentials'], ['url']),
  opsgenie: type(['apiKey'], ['apiKey']),
  pagerduty: type(['integrationKey'], ['integrationKey']),
  'prometheus-alertmanager': type(['basicAuthPassword'], ['url']),
  pushover: type(['apiToken', 'userKey'], ['apiToken'], ['userKey']),
  sensugo: type(['apikey'], ['url'], ['apikey']),
  slack: type(['token', 'url'], ['token', 'url']),
  sns: type(['sigv4.access_key', 'sigv4.secret_key']),
  teams: type([], ['url']),
  telegram: type(['bottoken'], ['bottoken'], ['chatid']),
  threema: type(['api_secret'], ['gateway_id'], ['recipient_id'], ['api_secret']),
  victorops: type(['url'], ['url']),
  webex: type(['bot_token'], ['room_id'], ['bot_token']),
  webhook: type(
    [
      'password',
      'authorization_credentials',
      'tlsConfig.caCertificate',
      'tlsConfig.clientCertificate',
      'tlsConfig.clientKey',
      'hmacConfig.secret',
      'http_config.oauth2.client_secret',
      'http_config.oauth2.tls_config.caCertificate',
      'http_config.oauth2.tls_config.clientCertificate',
      'http_config.oauth2.tls_config.clientKey',
    ],
    ['url'],
  ),
  wecom: type(['url', 'secret'], ['url', 'secret']),
};

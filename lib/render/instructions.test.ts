import { describe, expect, it } from 'vitest';
import { defineHomelab } from '../homelab/define';
import type { AlertingSettings, Homelab } from '../homelab/homelab';
import { resolveHomelab } from '../homelab/resolve';
import { renderCompose } from './compose';
import { renderEnvironment } from './environment';
import { renderInstructions } from './instructions';
import { messageLimits } from './message-limits';

const mail: AlertingSettings = {
  receivers: { me: { kind: 'email', to: ['me@example.org'] } },
  mail: { server: 'mail.example.org:587', from: 'lab@example.org', user: 'lab', password: { env: 'MAIL_PASSWORD' } },
};
const owned: Partial<Homelab> = { grafana: { mode: 'owned' } };
const resolved = (alerting: AlertingSettings, rest: Partial<Homelab> = {}) =>
  resolveHomelab(defineHomelab({ hosts: [{ name: 'nas' }], alerting, ...rest }));
const environment = (...parameters: Parameters<typeof resolved>): string =>
  renderEnvironment(resolved(...parameters))[0]?.text ?? '';
const steps = (...parameters: Parameters<typeof resolved>): string =>
  renderInstructions(resolved(...parameters), [])[0]?.text ?? '';

describe('.env.example', () => {
  it('names the secrets of each way to be told, and who reads them', () => {
    const text = environment({
      receivers: { push: { kind: 'gotify', server: 'https://gotify.example.org', token: { env: 'PUSH_TOKEN' } } },
      heartbeat: { url: { env: 'BEAT' } },
    });
    expect(text).toContain('# token of the receiver push (gotify); read by Grafana\nPUSH_TOKEN=\n');
    expect(text).toContain('# address of the watchdog that waits for the heartbeat; read by Grafana\nBEAT=\n');
  });

  it('has the password of the mail server where somebody of ours reads it', () => {
    expect(environment(mail)).not.toContain('MAIL_PASSWORD');
    expect(environment(mail, owned)).toContain('MAIL_PASSWORD=');
    expect(environment({ ...mail, engine: 'prometheus' })).toContain('Alertmanager, from /etc/alertmanager/secrets');
    expect(environment({ ...mail, receivers: {} }, owned)).not.toContain('MAIL_PASSWORD');
  });

  it('says how files of Alertmanager end, and what a secret topic must be there', () => {
    const topic: AlertingSettings = { receivers: { push: { kind: 'ntfy', topic: { env: 'TOPIC' } } } };
    expect(environment({ ...topic, engine: 'prometheus' })).toContain('https://ntfy.sh/<topic>?template=alertmanager');
    expect(environment({ ...topic, engine: 'prometheus' })).toContain("printf %s 'VALUE'");
    expect(environment(topic)).not.toMatch(/template=alertmanager|printf/);
  });
});

describe('compose.yaml', () => {
  it('lets a Grafana of ours send by the mail server', () => {
    const text = renderCompose(resolved(mail, owned))[0]?.text;
    expect(text).toContain('GF_SMTP_HOST: "mail.example.org:587"');
    expect(text).toContain('GF_SMTP_PASSWORD: "${MAIL_PASSWORD}"');
    expect(renderCompose(resolved({ ...mail, engine: 'prometheus' }, owned))[0]?.text).not.toContain('GF_SMTP');
  });
});

describe('a clock of 12 hours', () => {
  const twelve = { display: { clock: '12h' } } as const;
  const compose = (rest: Partial<Homelab>) => renderCompose(resolved({}, { ...owned, ...rest }))[0]?.text;

  it('is a setting of a Grafana of ours, and a hint for another', () => {
    expect(compose(twelve)).toContain('GF_DATE_FORMATS_INTERVAL_MINUTE: "h:mm A"');
    expect(steps({}, twelve)).toContain('      GF_DATE_FORMATS_INTERVAL_MINUTE: "h:mm A"\n');
    expect(steps({}, { ...owned, ...twelve })).not.toContain('GF_DATE_FORMATS');
  });

  it('is nothing to set where the day has 24', () => {
    expect(compose({})).not.toContain('GF_DATE_FORMATS');
    expect(steps({})).not.toContain('GF_DATE_FORMATS');
  });
});

describe('NEXT-STEPS.md', () => {
  it('begins with how to start what is ours, and with what to add where it is not', () => {
    expect(steps({}, owned)).toMatch(/^# What is left to do\n\n## Start\n[^#]*docker compose up -d/);
    expect(steps({})).toMatch(/^# What to add to your own\n\n## Grafana\n/);
    expect(steps({})).not.toContain('docker compose');
  });

  it('says what a Grafana of your own needs to send mails', () => {
    expect(steps(mail)).toContain('GF_SMTP_HOST: mail.example.org:587');
    expect(steps(mail, owned)).not.toContain('GF_SMTP_HOST');
  });

  it('has an automation for Home Assistant, and the words for the bot of matrix-hookshot', () => {
    const text = steps({
      receivers: { house: { kind: 'home-assistant', url: { env: 'A' } }, room: { kind: 'matrix', url: { env: 'B' } } },
    });
    expect(text).toContain('message: "{{ trigger.json.message }}"');
    expect(text).toContain('!hookshot webhook homelab');
    expect(steps(mail)).not.toMatch(/trigger\.json|hookshot/);
  });
});

describe('what cannot be done', () => {
  it.each([
    ['rules of a Grafana of your own are grouped by name', mail, {}, ['grouping']],
    ['not in a Grafana of ours', mail, owned, []],
    ['not where nobody is told', {}, {}, []],
  ] as const)('%s', (_, alerting, rest, where) =>
    expect(messageLimits(resolved(alerting, rest)).map((limit) => limit.where)).toEqual(where),
  );

  it('Alertmanager puts no secret topic into a message', () => {
    const receivers = {
      secret: { kind: 'ntfy', topic: { env: 'TOPIC' } },
      open: { kind: 'ntfy', topic: 'homelab' },
    } as const;
    expect(messageLimits(resolved({ engine: 'prometheus', receivers })).map(({ where }) => where)).toEqual(['secret']);
  });
});

import { Laptop, Smartphone } from 'lucide-react';
import type { Factors, forgetDevice, forgetDevices, TrustedDevice } from '#libs/contracts/auth';
import { deviceOf } from '../account/device-name.js';
import { useApi } from '../api/api-context.js';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { Section } from '../design/section.js';
import { formatAgo, formatShortDay } from '../language/dates.js';
import { t } from '../language/t.js';
import { useFactorChange } from './use-factor-change.js';
import '../account/sessions.css';

const PATH = '/api/v1/auth/factors/trusted-devices';

export function DevicesSection({ factors: { trustedDevices } }: { readonly factors: Factors }) {
  const api = useApi();
  const forget = useFactorChange(
    async (trustedDeviceId: string) =>
      api.send<typeof forgetDevice>('DELETE', `${PATH}/:trustedDeviceId`, { params: { trustedDeviceId } }),
    t('accountSecurity.removed'),
  );
  const forgetAll = useFactorChange(
    async () => api.send<typeof forgetDevices>('DELETE', PATH),
    t('accountSecurity.removed'),
  );
  return (
    <Section title={t('accountSecurity.devices')} lead={t('accountSecurity.devicesLead')}>
      {trustedDevices.length === 0 ? (
        <p>{t('accountSecurity.devicesNone')}</p>
      ) : (
        <ul className="sessions">
          {trustedDevices.map((device) => (
            <DeviceItem
              key={device.id}
              device={device}
              isForgetting={forget.isPending && forget.variables === device.id}
              onForget={() => {
                forget.mutate(device.id);
              }}
            />
          ))}
        </ul>
      )}
      {trustedDevices.length > 1 && (
        <p className="sessions__all">
          <Button
            look="secondary"
            isPending={forgetAll.isPending}
            onPress={() => {
              forgetAll.mutate(undefined);
            }}
          >
            {t('accountSecurity.devicesForget')}
          </Button>
        </p>
      )}
    </Section>
  );
}

interface DeviceItemProps {
  readonly device: TrustedDevice;
  readonly isForgetting: boolean;
  readonly onForget: () => void;
}

function DeviceItem({ device, isForgetting, onForget }: DeviceItemProps) {
  const { browser, system, isPhone } = deviceOf(device.userAgent);
  const name = [browser, system].filter(Boolean).join(' · ') || t('sessions.unknownDevice');
  const Icon = isPhone ? Smartphone : Laptop;
  const until = t('accountSecurity.deviceUntil', { when: formatShortDay(device.expiresAt) });
  return (
    <li className="sessions__item">
      <Icon aria-hidden className="sessions__icon" />
      <div className="sessions__text">
        <p className="sessions__name">
          {name} {device.current && <Badge tone="good">{t('sessions.this')}</Badge>}
        </p>
        <p>{[device.ip, formatAgo(device.lastUsedAt), until].filter(Boolean).join(' · ')}</p>
      </div>
      <Button
        look="quiet"
        size="s"
        isPending={isForgetting}
        onPress={onForget}
        aria-label={t('accountSecurity.deviceForget', { name })}
      >
        {t('accountSecurity.remove')}
      </Button>
    </li>
  );
}

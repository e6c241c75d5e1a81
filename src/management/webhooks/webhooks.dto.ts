import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  type ValidationOptions,
  buildMessage,
} from 'class-validator';
import {
  DELIVERY_STATES,
  type DeliveryState,
  MAX_EVENT_TYPES,
  OVERLAP_HOURS,
  isEventFilter,
} from '../../webhooks/webhook.js';
import { IsInstant } from '../kit/instant.js';
import { PageQuery } from '../kit/paging.js';
import { IsSet, IsSingleLine, IsWebAddress, MayBeAbsent } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';

function IsEventFilter(options: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isEventFilter',
      validator: {
        validate: isEventFilter,
        defaultMessage: buildMessage(
          (each) =>
            `${each}$property must be an event type such as user.created, or user.* for all of a resource; ` +
            'GET /api/v1/tenants/{tenant}/event-types lists them',
          options,
        ),
      },
    },
    options,
  );
}

class WebhookMembersDto {
  @Describe(
    'Types of events that are sent: exact ones such as `user.created`, or `user.*` for all of a resource. ' +
      'Without any, every event is sent.',
  )
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_EVENT_TYPES)
  @IsEventFilter({ each: true })
  @IsSet()
  event_types?: string[] | null;

  @Describe('What it is for, in your words.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(200)
  description?: string | null;

  @Describe('Whether events are sent. Those of the time in which it was disabled can be replayed. Default: true.')
  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;
}

export class CreateWebhookDto extends WebhookMembersDto {
  @Describe('Where events are sent: an https address with a public IP address.')
  @IsWebAddress()
  url: string;
}

export class UpdateWebhookDto extends WebhookMembersDto {
  @Describe('Where events are sent: an https address with a public IP address.')
  @MayBeAbsent()
  @IsWebAddress()
  url?: string;
}

export class RotateWebhookSecretDto {
  @Describe('For how many hours the secret of before signs too. With 0 it ends at once. Default: 24.')
  @IsOptional()
  @IsInt()
  @Min(OVERLAP_HOURS.least)
  @Max(OVERLAP_HOURS.greatest)
  overlap_hours?: number | null;
}

export class ReplayEventsDto {
  @Describe('Events from this moment on.', { format: 'date-time' })
  @IsInstant()
  since: string;

  @Describe('Events before this moment. Default: now.', { format: 'date-time' })
  @IsOptional()
  @IsInstant()
  until?: string | null;

  @Describe('Also what was delivered. Default: false, what was given up or never sent.')
  @MayBeAbsent()
  @IsBoolean()
  all?: boolean;
}

/** Filters of deliveries: all that are given have to fit. */
export class ListDeliveriesQuery extends PageQuery {
  @Describe('Only deliveries that wait, were taken, or were given up.')
  @IsOptional()
  @IsIn(DELIVERY_STATES)
  state?: DeliveryState;

  @Describe('Only events of this type.', { examples: ['user.created'] })
  @IsOptional()
  @Matches(/^[a-z_]{1,50}\.[a-z_]{1,50}$/, { message: '$property must be an event type such as user.created' })
  type?: string;
}

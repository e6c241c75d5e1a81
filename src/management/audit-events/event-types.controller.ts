import { Controller, Get } from '@nestjs/common';
import { EVENT_CATALOGUE } from '../../audit/catalogue/event-catalogue.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import type { Page } from '../kit/paging.js';
import type { View } from '../kit/view.js';
import { eventTypeView } from './event-type.view.js';

@ManagementController('Audit')
@Controller('api/v1/tenants/:tenant/event-types')
export class EventTypesController {
  @Get()
  @Endpoint({
    id: 'listEventTypes',
    summary: 'Every type of event that the audit log and webhooks can have, with what its details hold',
    scope: 'audit:read',
    reach: 'none',
    answer: 'EventTypePage',
  })
  list(): Page<View> {
    return { data: [...EVENT_CATALOGUE].map(eventTypeView), page: { next: null, has_more: false } };
  }
}

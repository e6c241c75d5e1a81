import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, Matches, MaxLength } from 'class-validator';
import { CLIENT_ID } from '../../clients/client.js';
import { MAX_OPERATIONS } from '../kit/bulk-writes.js';
import { IsNested, IsSingleLine, MayBeAbsent } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';

export const CLIENT_OPERATIONS = ['enable', 'disable', 'delete'] as const;

export class ClientOperationDto {
  @Describe('What is done.')
  @IsIn(CLIENT_OPERATIONS)
  op: (typeof CLIENT_OPERATIONS)[number];

  @Describe('The client.')
  @Matches(CLIENT_ID, { message: '$property must be 1 to 200 visible ASCII characters' })
  client_id: string;

  @Describe('The entity tag that the client has to have.')
  @MayBeAbsent()
  @IsSingleLine()
  @MaxLength(200)
  if_match?: string;
}

export class BulkClientsDto {
  @Describe('Done one after the other. One that is refused stops none of the others.')
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_OPERATIONS)
  @IsNested(() => ClientOperationDto, { each: true })
  operations: ClientOperationDto[];
}

import { Controller } from '@nestjs/common';
import {
  createRule,
  deleteRule,
  getRule,
  listRuleAssignments,
  listRuleAttributes,
  listRules,
  previewRule,
  replaceRule,
  restoreRule,
} from '#libs/contracts/courses';
import { Endpoint, Input, withETag, type InputOf, type ResultOf } from '#libs/service';
import { Rules } from './rule.read-model.js';
import { SaveRule } from './save-rule.use-case.js';

@Controller()
export class RuleController {
  constructor(
    private readonly rules: Rules,
    private readonly saveRule: SaveRule,
  ) {}

  @Endpoint(listRules)
  async list(@Input() { query }: InputOf<typeof listRules>): Promise<ResultOf<typeof listRules>> {
    return this.rules.list(query);
  }

  @Endpoint(createRule)
  async create(@Input() { body }: InputOf<typeof createRule>): Promise<ResultOf<typeof createRule>> {
    return this.tagged((await this.saveRule.create(body)).id);
  }

  @Endpoint(previewRule)
  async preview(@Input() { body }: InputOf<typeof previewRule>): Promise<ResultOf<typeof previewRule>> {
    return this.rules.preview(body);
  }

  @Endpoint(listRuleAttributes)
  async attributes(): Promise<ResultOf<typeof listRuleAttributes>> {
    return this.rules.attributes();
  }

  @Endpoint(getRule)
  async get(@Input() { params }: InputOf<typeof getRule>): Promise<ResultOf<typeof getRule>> {
    return this.tagged(params.ruleId);
  }

  @Endpoint(replaceRule)
  async replace(@Input() input: InputOf<typeof replaceRule>): Promise<ResultOf<typeof replaceRule>> {
    return this.tagged((await this.saveRule.replace(input.params.ruleId, input.body, input.ifMatch)).id);
  }

  @Endpoint(deleteRule)
  async delete(@Input() { params }: InputOf<typeof deleteRule>): Promise<undefined> {
    await this.saveRule.delete(params.ruleId);
  }

  @Endpoint(restoreRule)
  async restore(@Input() { params }: InputOf<typeof restoreRule>): Promise<ResultOf<typeof restoreRule>> {
    return this.tagged((await this.saveRule.restore(params.ruleId)).id);
  }

  @Endpoint(listRuleAssignments)
  async assignments(
    @Input() { params, query }: InputOf<typeof listRuleAssignments>,
  ): Promise<ResultOf<typeof listRuleAssignments>> {
    return this.rules.assignments(params.ruleId, query);
  }

  private async tagged(ruleId: string) {
    const { view, revision } = await this.rules.show(ruleId);
    return withETag(view, revision);
  }
}

/** What an arithmetic operator of PromQL makes of two numbers; undefined for another operator. */
export const calculate = (left: number, operator: string, right: number): number | undefined => {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '^':
      return left ** right;
    default:
      return undefined;
  }
};

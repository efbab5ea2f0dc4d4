using TauPipeline.Configuration;
using TauPipeline.Foundation;

namespace TauPipeline.Expressions;

/// <summary>What can be wrong with an expression.</summary>
internal static class ExpressionErrors
{
    public static Misuse Syntax(string where, string text, int at, string expected) => new(new ErrorText(
        $"{where}: the expression cannot be read",
        [("text", text), ("here", new string(' ', Math.Min(at, text.Length)) + "^"), ("expected", expected)]));

    public static Misuse NoFunction(string where, string text, string name)
    {
        string[] known = [.. Functions.Element.Keys, .. Functions.Row.Keys];
        return new(new ErrorText($"{where}: there is no function '{name}'", [("text", text), ("nearest", ErrorText.Nearest(name, known, 1)),
            ("known", string.Join(", ", known.Order(StringComparer.Ordinal)))]));
    }

    public static Misuse NoUnit(string where, string text, string name) => new(new ErrorText(
        $"{where}: there is no unit '{name}'",
        [("text", text), ("nearest", ErrorText.Nearest(name, Units.Names)), ("known", string.Join(", ", Units.Names))],
        "a number and a name need an operator between them"));

    public static Misuse Arguments(string where, string text, string name, int expected, int found) => new(new ErrorText(
        $"{where}: '{name}' takes {expected} argument{(expected == 1 ? "" : "s")}, found {found}", [("text", text)]));

    public static Misuse NoColumn(Expression expression, string name, IEnumerable<string> known) => new(new ErrorText(
        $"{expression.Where}: there is no column '{name}'", [("text", expression.Text), ("nearest", ErrorText.Nearest(name, known))]));

    public static Misuse TwoTables(Expression expression, string one, string other) => new(new ErrorText(
        $"{expression.Where}: elements of '{one}' and of '{other}' cannot meet",
        [("text", expression.Text)],
        "make one of them flat with sum, count, any, maximum…"));

    public static Misuse IsJagged(Expression expression) => new(new ErrorText(
        $"{expression.Where}: one number a row is needed here",
        [("text", expression.Text)],
        "make it flat with sum, count, any, maximum…"));
}

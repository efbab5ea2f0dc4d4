using System.Globalization;

namespace TauPipeline.Expressions;

/// <summary>
/// Text to <see cref="Node"/>s by precedence: <c>or | </c>, <c>and &amp;</c>, <c>not !</c>, comparisons and <c>in</c>, <c>+ -</c>, <c>* / // %</c>, unary <c>- +</c>, <c>**</c>.
/// As in Python a chain <c>20 &lt; pt &lt; 40</c> means both, and <c>&amp;</c> and <c>|</c> stand for truth, never for bits.
/// </summary>
internal sealed class Parser(string text, string where)
{
    private const int Deepest = 200;
    private static readonly string[] Comparisons = ["==", "!=", ">=", "<=", ">", "<"];

    private int _at;
    private int _depth;

    public Node Whole()
    {
        Node node = Or();
        Skip();
        return _at == text.Length ? node : throw Wrong("an operator or the end");
    }

    private Node Or()
    {
        if (++_depth > Deepest) throw Wrong("fewer parentheses");
        Node left = And();
        while (Word("or") || Sign("||") || Sign("|")) left = Two(left, And(), x => Functions.Truth(Value.IsTrue(x[0]) || Value.IsTrue(x[1])));
        _depth--;
        return left;
    }

    private Node And()
    {
        Node left = Not();
        while (Word("and") || Sign("&&") || Sign("&")) left = Two(left, Not(), x => Functions.Truth(Value.IsTrue(x[0]) && Value.IsTrue(x[1])));
        return left;
    }

    private Node Not()
    {
        if (!Word("not") && !(Peek('!') && !Peek("!=") && Sign("!"))) return Comparison();
        if (++_depth > Deepest) throw Wrong("fewer negations");
        Node node = One(Not(), x => Functions.Truth(!Value.IsTrue(x[0])));
        _depth--;
        return node;
    }

    private Node Comparison()
    {
        Node left = Sum();
        Node? chain = null;
        for (; ; )
        {
            Node? link = null;
            Node right = left;
            if (Comparisons.FirstOrDefault(Sign) is { } sign)
            {
                right = Sum();
                link = Two(left, right, Compare(sign));
            }
            else if (Word("in")) link = Among(left, negated: false);
            else if (NotIn()) link = Among(left, negated: true);
            if (link is null) return chain ?? left;
            chain = chain is null ? link : Two(chain, link, x => Functions.Truth(Value.IsTrue(x[0]) && Value.IsTrue(x[1])));
            left = right;
        }
    }

    private Node Sum()
    {
        Node left = Product();
        for (; ; )
            if (Sign("+")) left = Two(left, Product(), x => x[0] + x[1]);
            else if (Sign("-")) left = Two(left, Product(), x => x[0] - x[1]);
            else return left;
    }

    private Node Product()
    {
        Node left = Unary();
        for (; ; )
            if (!Peek("**") && Sign("*")) left = Two(left, Unary(), x => x[0] * x[1]);
            else if (Sign("//")) left = Two(left, Unary(), x => Math.Floor(x[0] / x[1]));
            else if (Sign("/")) left = Two(left, Unary(), x => x[0] / x[1]);
            else if (Sign("%")) left = Two(left, Unary(), x => x[0] - x[1] * Math.Floor(x[0] / x[1]));
            else return left;
    }

    private Node Unary()
    {
        if (++_depth > Deepest) throw Wrong("fewer signs");
        Node node = Sign("-") ? One(Unary(), x => -x[0]) : Sign("+") ? Unary() : Power();
        _depth--;
        return node;
    }

    private Node Power()
    {
        Node left = Atom();
        return Sign("**") ? Two(left, Unary(), x => Math.Pow(x[0], x[1])) : left;
    }

    private Node Atom()
    {
        if (Sign("("))
        {
            Node inner = Or();
            return Sign(")") ? inner : throw Wrong("')'");
        }
        Skip();
        if (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '.')) return new NumberNode(Number());
        string name = Name() ?? throw Wrong("a column, a number or '('");
        return Sign("(") ? Call(name) : name switch
        {
            "pi" => new NumberNode(Math.PI),
            "inf" => new NumberNode(double.PositiveInfinity),
            "true" => new NumberNode(1),
            "false" => new NumberNode(0),
            _ => new ColumnNode(name),
        };
    }

    private Node Call(string name)
    {
        var arguments = new List<Node>();
        if (!Sign(")"))
        {
            do arguments.Add(Or());
            while (Sign(","));
            if (!Sign(")")) throw Wrong("',' or ')'");
        }
        if (Functions.Element.TryGetValue(name, out (int Arguments, Func<ReadOnlySpan<double>, double> Call) element))
            return arguments.Count == element.Arguments ? new ElementNode(element.Call, arguments) : throw ExpressionErrors.Arguments(where, text, name, element.Arguments, arguments.Count);
        if (Functions.Row.TryGetValue(name, out Func<ReadOnlySpan<double>, double>? row))
            return arguments.Count == 1 ? new RowNode(row, arguments[0]) : throw ExpressionErrors.Arguments(where, text, name, 1, arguments.Count);
        throw ExpressionErrors.NoFunction(where, text, name);
    }

    private ElementNode Among(Node left, bool negated)
    {
        char close = Sign("{") ? '}' : Sign("[") ? ']' : Sign("(") ? ')' : throw Wrong("'{' and a list of numbers");
        var numbers = new List<double>();
        do
        {
            bool minus = Sign("-");
            Skip();
            numbers.Add(minus ? -Number() : Number());
        }
        while (Sign(","));
        if (!Sign(close.ToString())) throw Wrong($"',' or '{close}'");
        return One(left, x =>
        {
            foreach (double number in numbers)
                if (number == x[0]) return negated ? 0 : 1;
            return negated ? 1 : 0;
        });
    }

    private bool NotIn()
    {
        int start = _at;
        if (Word("not") && Word("in")) return true;
        _at = start;
        return false;
    }

    private static Func<ReadOnlySpan<double>, double> Compare(string sign) => sign switch
    {
        "==" => x => Functions.Truth(x[0] == x[1]),
        "!=" => x => Functions.Truth(x[0] != x[1]),
        ">=" => x => Functions.Truth(x[0] >= x[1]),
        "<=" => x => Functions.Truth(x[0] <= x[1]),
        ">" => x => Functions.Truth(x[0] > x[1]),
        _ => x => Functions.Truth(x[0] < x[1]),
    };

    private static ElementNode One(Node argument, Func<ReadOnlySpan<double>, double> function) => new(function, [argument]);

    private static ElementNode Two(Node left, Node right, Func<ReadOnlySpan<double>, double> function) => new(function, [left, right]);

    private double Number()
    {
        int start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '.' || (text[_at] is '+' or '-' && text[_at - 1] is 'e' or 'E' && _at > start))) _at++;
        if (double.TryParse(text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)) return number;
        _at = start;
        throw Wrong("a number");
    }

    private string? Name()
    {
        int start = _at;
        if (_at < text.Length && (char.IsAsciiLetter(text[_at]) || text[_at] == '_'))
            while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '_' or '.')) _at++;
        return _at > start ? text[start.._at] : null;
    }

    private bool Word(string word)
    {
        Skip();
        if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0) return false;
        int end = _at + word.Length;
        if (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) return false;
        _at = end;
        return true;
    }

    private bool Sign(string sign)
    {
        if (!Peek(sign)) return false;
        _at += sign.Length;
        return true;
    }

    private bool Peek(char sign)
    {
        Skip();
        return _at < text.Length && text[_at] == sign;
    }

    private bool Peek(string sign)
    {
        Skip();
        return string.CompareOrdinal(text, _at, sign, 0, sign.Length) == 0;
    }

    private void Skip()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
    }

    private Foundation.Misuse Wrong(string expected) => ExpressionErrors.Syntax(where, text, _at, expected);
}

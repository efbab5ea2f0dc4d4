namespace TauPipeline.Expressions;

/// <summary>
/// Text to <see cref="Node"/>s by precedence: <c>or | </c>, <c>and &amp;</c>, <c>not !</c>, comparisons and <c>in</c>, <c>+ -</c>,
/// <c>* / // %</c>, unary <c>- +</c>, <c>**</c>. As in Python a chain <c>20 &lt; pt &lt; 40</c> means both, and <c>&amp;</c> and
/// <c>|</c> stand for truth, never for bits.
/// </summary>
internal sealed class Parser(string text, string where)
{
    private const int Deepest = 200;

    private readonly Scanner _text = new(text, where);
    private int _depth;

    public Node Whole()
    {
        Node node = Or();
        return _text.AtEnd ? node : throw _text.Wrong("an operator or the end");
    }

    private Node Or()
    {
        if (++_depth > Deepest) throw _text.Wrong("fewer parentheses");
        Node left = And();
        while (_text.Word("or") || _text.Sign("||") || _text.Sign("|")) left = Two(Operators.Or, left, And());
        _depth--;
        return left;
    }

    private Node And()
    {
        Node left = Not();
        while (_text.Word("and") || _text.Sign("&&") || _text.Sign("&")) left = Two(Operators.And, left, Not());
        return left;
    }

    private Node Not()
    {
        if (!_text.Word("not") && !(!_text.Peek("!=") && _text.Sign("!"))) return Comparison();
        if (++_depth > Deepest) throw _text.Wrong("fewer negations");
        Node node = One(Operators.Not, Not());
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
            if (Operators.Comparisons.FirstOrDefault(one => _text.Sign(one.Sign)).Function is { } comparison)
            {
                right = Sum();
                link = Two(comparison, left, right);
            }
            else if (_text.Word("in")) link = Among(left, negated: false);
            else if (NotIn()) link = Among(left, negated: true);
            if (link is null) return chain ?? left;
            chain = chain is null ? link : Two(Operators.And, chain, link);
            left = right;
        }
    }

    private Node Sum()
    {
        Node left = Product();
        for (; ; )
            if (_text.Sign("+")) left = Two(Operators.Add, left, Product());
            else if (_text.Sign("-")) left = Two(Operators.Subtract, left, Product());
            else return left;
    }

    private Node Product()
    {
        Node left = Unary();
        for (; ; )
            if (!_text.Peek("**") && _text.Sign("*")) left = Two(Operators.Multiply, left, Unary());
            else if (_text.Sign("//")) left = Two(Operators.FloorDivide, left, Unary());
            else if (_text.Sign("/")) left = Two(Operators.Divide, left, Unary());
            else if (_text.Sign("%")) left = Two(Operators.Remainder, left, Unary());
            else return left;
    }

    private Node Unary()
    {
        if (++_depth > Deepest) throw _text.Wrong("fewer signs");
        Node node = _text.Sign("-") ? One(Operators.Negate, Unary()) : _text.Sign("+") ? Unary() : Power();
        _depth--;
        return node;
    }

    private Node Power()
    {
        Node left = Atom();
        return _text.Sign("**") ? Two(Operators.Power, left, Unary()) : left;
    }

    private Node Atom()
    {
        if (_text.Sign("("))
        {
            Node inner = Or();
            return _text.Sign(")") ? inner : throw _text.Wrong("')'");
        }
        if (_text.AtNumber) return new NumberNode(_text.Number());
        if (_text.Quoted() is { } quoted) return new ColumnNode(quoted);
        string name = _text.Name() ?? throw _text.Wrong("a column, a number or '('");
        return _text.Sign("(") ? Call(name) : name switch
        {
            "pi" => new NumberNode(Value.Constant(Math.PI)),
            "inf" => new NumberNode(Value.Constant(double.PositiveInfinity)),
            "true" => new NumberNode(Value.Constant(1, bound: 1)),
            "false" => new NumberNode(Value.Constant(0, bound: 1)),
            // Beside whole numbers it leaves them whole.
            "missing" => new NumberNode(Value.Constant(double.NaN, bound: 1)),
            _ => new ColumnNode(name),
        };
    }

    private Node Call(string name)
    {
        var arguments = new List<Node>();
        if (!_text.Sign(")"))
        {
            do arguments.Add(Or());
            while (_text.Sign(","));
            if (!_text.Sign(")")) throw _text.Wrong("',' or ')'");
        }
        if (Functions.Element.TryGetValue(name, out ElementFunction? element))
        {
            if (arguments.Count != element.Arguments)
                throw ExpressionErrors.Arguments(where, text, name, element.Arguments, arguments.Count);
            if (name == "where") arguments[0] = One(Operators.Truth, arguments[0]);
            return new ElementNode(element, arguments);
        }
        if (Functions.Row.TryGetValue(name, out RowFunction? row))
            return arguments.Count == 1
                ? new RowNode(row, arguments[0])
                : throw ExpressionErrors.Arguments(where, text, name, 1, arguments.Count);
        throw ExpressionErrors.NoFunction(where, text, name);
    }

    private ElementNode Among(Node left, bool negated)
    {
        char close = _text.Sign("{") ? '}' : _text.Sign("[") ? ']' : _text.Sign("(") ? ')' : throw _text.Wrong("'{' and a list of numbers");
        var numbers = new List<Value>();
        do numbers.Add(_text.Sign("-") ? Value.Negative(_text.Number()) : _text.Number());
        while (_text.Sign(","));
        if (!_text.Sign(close.ToString())) throw _text.Wrong($"',' or '{close}'");
        return One(Operators.Among(numbers, negated), left);
    }

    private bool NotIn()
    {
        int start = _text.At;
        if (_text.Word("not") && _text.Word("in")) return true;
        _text.At = start;
        return false;
    }

    private static ElementNode One(ElementFunction function, Node argument) => new(function, [argument]);

    private static ElementNode Two(ElementFunction function, Node left, Node right) => new(function, [left, right]);
}

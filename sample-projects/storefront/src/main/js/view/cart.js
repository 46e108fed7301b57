Shop.namespace('view').cart = function (root, badge) {
  'use strict';

  var $ = jQuery;

  function render() {
    var totals = Shop.cart.totals();
    var money = Shop.format.money;

    root.find('.lines').html($.map(Shop.cart.lines(), function (line) {
      return Shop.template.render('line-template', {
        id: line.product.id,
        art: line.product.art,
        tint: line.product.tint,
        name: line.product.name,
        english: line.product.english,
        quantity: line.quantity,
        most: Shop.cart.most,
        sum: money(line.sum)
      });
    }).join(''));
    root.toggleClass('empty', totals.count === 0);
    root.find('.goods').text(money(totals.goods));
    root.find('.delivery').text(totals.delivery ? money(totals.delivery) : 'free');
    root.find('.hint').text(totals.delivery ? money(totals.toFree) + ' more, and delivery is free.' : '');
    root.find('.all').text(money(totals.all));
    badge.find('.count').text(totals.count);
    badge.attr('aria-label', 'Cart, ' + Shop.format.count(totals.count, 'item', 'items'));
  }

  /** Renders and puts the focus back: the line that had it is a new element now. */
  function renderKeepingFocus() {
    var had = document.activeElement;
    var focus = $(had).closest('.line').length ? '[data-line="' + $(had).closest('.line').data('line') + '"] .' + had.className : null;
    render();
    if (focus) {
      root.find(focus).trigger('focus');
    }
  }

  function lineOf(element) {
    return $(element).closest('.line').data('line');
  }

  root.on('click', '.less, .more', function () {
    var quantity = Number($(this).siblings('.quantity').val());
    Shop.cart.set(lineOf(this), quantity + ($(this).hasClass('more') ? 1 : -1));
  });

  root.on('change', '.quantity', function () {
    Shop.cart.set(lineOf(this), this.value === '' ? NaN : this.value);
  });

  root.on('click', '.remove', function () {
    Shop.cart.set(lineOf(this), 0);
  });

  Shop.on('cart:changed', renderKeepingFocus);
  render();
};
